import type { ArchitectureStep, Plan } from '../plan/plan.ts';
import { goalDimensions, goalFigures, otherSteps, utilisationName } from './goal-figures.ts';
import { refuse } from './goal-problem.ts';
import { judgeGoal, parseGoal } from './goal.ts';
import type { Goal } from './goal.ts';
import { readAmount } from './solve-amount.ts';
import { nearestMet, reachOf, TOLERANCE } from './solve-search.ts';
import type { Search } from './solve-search.ts';
import { variableOf } from './solve-variable.ts';
import type { Variable } from './solve-variable.ts';
import { amountWords } from './solve-words.ts';

/** The smallest change of one value that meets a goal: what `solve --goal --json` prints. */
export interface GoalSolution {
  readonly formatVersion: 1;
  readonly kind: 'solve';
  readonly question: 'goal';
  readonly plan: string;
  /** The step that utilisation and cost are of; null for a plan without architecture. */
  readonly step: number | null;
  readonly goal: string;
  /** The name that may change. */
  readonly for: string;
  /** Of `before`, `value`, `from` and `to`. */
  readonly unit: string;
  readonly before: number;
  readonly value: number;
  /** True when the goal holds at the present value; `from` and `to` then say how far it may go. */
  readonly alreadyMet: boolean;
  /** The last value below the present one that meets the goal; null where no bound was found, or none was looked for. */
  readonly from: number | null;
  readonly to: number | null;
  readonly sides: readonly GoalSideValues[];
  /** How often the goal was evaluated. */
  readonly iterations: number;
  /** As a share of the value; 0 for counts, which are exact. */
  readonly tolerance: number;
}

/** One side of the goal; null where it has no finite value. */
export interface GoalSideValues {
  readonly side: 'left' | 'right';
  readonly formula: string;
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
}

export interface GoalQuestion {
  readonly goal: string;
  /** The name that may change. */
  readonly vary: string;
  /** `lo..hi`, where to look. */
  readonly between?: string;
  /** The step that `utilisation.<tier>` and `cost.total` are of. */
  readonly step: ArchitectureStep | undefined;
}

/**
 * The value of one name, nearest to its present one, for which a goal holds: exact for counts, else within 0.1 %.
 * @throws InvalidInput for a goal or name that cannot be read, and GOAL_UNREACHABLE where no value meets the goal.
 */
export function solveGoal(plan: Plan, { goal: text, vary, between, step }: GoalQuestion): GoalSolution {
  const variable = variableOf(plan, step, vary);
  const dimensions = goalDimensions(plan, step);
  const goal = parseGoal(text, {
    units: plan.units,
    dimensions,
    missing: (name) => otherSteps(plan, step, (tier) => utilisationName(tier) === name),
  });
  let iterations = 0;
  const at = (x: number): ReturnType<typeof judgeGoal> => {
    iterations++;
    return judgeGoal(goal, goalFigures(plan, step, variable.changeTo(x)));
  };
  const search = searchOf(plan, variable, between, at);
  const found = nearestMet(search);
  if (!('met' in found)) return refuseUnreachable(goal, variable, search, found.closest, at);
  const value = found.met;
  const alreadyMet = value === variable.present;
  const { from, to } = alreadyMet ? reachOf(search) : { from: null, to: null };
  const [before, after] = [at(variable.present), at(value)];
  const shown = (x: number | null): number | null => (x === null ? null : x / variable.unitFactor);
  return {
    formatVersion: 1,
    kind: 'solve',
    question: 'goal',
    plan: plan.name,
    step: step?.step ?? null,
    goal: text.trim(),
    for: variable.name,
    unit: variable.unit,
    before: variable.present / variable.unitFactor,
    value: value / variable.unitFactor,
    alreadyMet,
    from: shown(from),
    to: shown(to),
    sides: [sideOf(goal, 'left', before, after), sideOf(goal, 'right', before, after)],
    iterations,
    tolerance: variable.whole ? 0 : TOLERANCE,
  };
}

type At = (x: number) => ReturnType<typeof judgeGoal>;

function searchOf(plan: Plan, variable: Variable, between: string | undefined, at: At): Search {
  const { low, high } =
    between === undefined ? { low: variable.least, high: variable.most } : bounds(plan, variable, between);
  return {
    start: variable.present,
    low,
    high,
    whole: variable.whole,
    unitFactor: variable.unitFactor,
    met: (x) => at(x).met,
    shortfall: (x) => at(x).shortfall,
  };
}

function bounds(plan: Plan, variable: Variable, text: string): { readonly low: number; readonly high: number } {
  const place = { offset: 0, length: text.length };
  const at = text.indexOf('..');
  if (at < 0) {
    const help = 'write `lo..hi`, as in `1..50`';
    return refuse('--between', text, { problem: 'SYNTAX', message: 'this names no two ends', help, ...place });
  }
  const from = at + '..'.length;
  const low = readAmount({ path: '--between', text, at: 0, length: at }, variable, plan.units);
  const high = readAmount({ path: '--between', text, at: from, length: text.length - from }, variable, plan.units);
  if (low > high) {
    const help = 'exchange the two ends';
    return refuse('--between', text, { problem: 'UPSIDE_DOWN', message: 'these ends are upside down', help, ...place });
  }
  return { low, high };
}

function sideOf(goal: Goal, side: 'left' | 'right', before: ReturnType<At>, after: ReturnType<At>): GoalSideValues {
  const { symbol: unit, factor } = goal.unit;
  const shown = (value: number): number | null => (Number.isFinite(value) ? value / factor : null);
  return { side, formula: goal[side].text, unit, before: shown(before[side]), after: shown(after[side]) };
}

function refuseUnreachable(goal: Goal, variable: Variable, { low, high }: Search, closest: number, at: At): never {
  const value = (x: number): string => amountWords(x / variable.unitFactor, variable.unit);
  const ofGoal = (x: number): string => amountWords(x / goal.unit.factor, goal.unit.symbol);
  const name = `\`${variable.name}\``;
  const { left, right } = at(closest);
  const is = Number.isFinite(left) ? ofGoal(left) : undefined;
  const same = low < high && [low, high].every((x) => Object.is(at(x).left, left) && Object.is(at(x).right, right));
  const message = same
    ? `nothing in this goal changes with ${name}`
    : `no value of ${name} from ${value(low)} to ${value(high)} meets this goal`;
  const formula = `\`${goal.left.text}\``;
  const help = same
    ? `${formula} ${is ? `is ${is}` : 'has no finite value'} in any case; choose another name for \`--for\``
    : `at ${value(closest)}, the closest, ${formula} ${is ? `is still ${is}` : 'has no finite value'}`;
  const trimmed = goal.text.trim();
  const place = { offset: goal.text.indexOf(trimmed), length: trimmed.length };
  return refuse('goal', goal.text, { problem: 'UNREACHABLE', message, help, ...place });
}
