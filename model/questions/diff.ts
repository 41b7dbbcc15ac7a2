import { estimate } from '../estimate/estimate.ts';
import type { EstimatedStep } from '../estimate/estimate.ts';
import type { Plan } from '../plan/plan.ts';
import { diffQuantities } from './diff-quantities.ts';
import type { QuantitiesDiff } from './diff-quantities.ts';
import { diffSteps, isUnchanged } from './diff-steps.ts';
import type { StepDiff } from './diff-steps.ts';

export const DIFF_FORMAT_VERSION = 1;

/** One of the two that are compared. */
export interface DiffSide {
  /** What to call it: the plan, `after`, `step 2`. */
  readonly label: string;
  readonly plan: Plan;
}

export interface NamedStep {
  readonly step: number;
  readonly name: string;
}

/** What differs between two plans, or two steps of one: what `diff --json` prints. */
export interface Diff {
  readonly formatVersion: typeof DIFF_FORMAT_VERSION;
  readonly kind: 'diff';
  readonly a: { readonly label: string; readonly plan: string };
  readonly b: { readonly label: string; readonly plan: string };
  /** What b sets anew, where it is the plan of a with `--set`. */
  readonly settings?: readonly string[];
  /** True when nothing differs. */
  readonly same: boolean;
  /** Null between two steps of one plan, whose quantities are the same. */
  readonly quantities: QuantitiesDiff | null;
  readonly steps: {
    readonly changed: readonly StepDiff[];
    readonly onlyA: readonly NamedStep[];
    readonly onlyB: readonly NamedStep[];
    /** How many are the same in both. */
    readonly unchanged: number;
  };
}

/** What differs between two plans: quantities by name, and the tiers of steps that have the same number. */
export function diffPlans(a: DiffSide, b: DiffSide): Diff {
  const quantities = diffQuantities(a.plan, b.plan);
  const stepsA = estimate(a.plan).steps;
  const stepsB = estimate(b.plan).steps;
  const pairs = stepsA.flatMap((before) => {
    const after = stepsB.find(({ step }) => step === before.step);
    return after ? [diffSteps(before, after)] : [];
  });
  const changed = pairs.filter((pair) => !isUnchanged(pair));
  const onlyA = without(stepsA, stepsB);
  const onlyB = without(stepsB, stepsA);
  const { redefined, onlyA: quantitiesA, onlyB: quantitiesB } = quantities;
  const differing = [quantities.changed, redefined, quantitiesA, quantitiesB, changed, onlyA, onlyB];
  return {
    ...heads(a, b),
    same: differing.every((list) => list.length === 0),
    quantities,
    steps: { changed, onlyA, onlyB, unchanged: pairs.length - changed.length },
  };
}

/**
 * What differs between two steps of a plan.
 * @throws RangeError for a step that the plan does not have.
 */
export function diffPlanSteps(plan: Plan, a: number, b: number): Diff {
  const { steps } = estimate(plan);
  const find = (number: number): EstimatedStep => {
    const found = steps.find(({ step }) => step === number);
    if (!found) throw new RangeError(`${plan.name} has no step ${number}`);
    return found;
  };
  const pair = diffSteps(find(a), find(b));
  const same = isUnchanged(pair);
  return {
    ...heads({ label: `step ${a}`, plan }, { label: `step ${b}`, plan }),
    same,
    quantities: null,
    steps: { changed: same ? [] : [pair], onlyA: [], onlyB: [], unchanged: same ? 1 : 0 },
  };
}

function heads(a: DiffSide, b: DiffSide): Pick<Diff, 'formatVersion' | 'kind' | 'a' | 'b'> {
  const head = ({ label, plan }: DiffSide): Diff['a'] => ({ label, plan: plan.name });
  return { formatVersion: DIFF_FORMAT_VERSION, kind: 'diff', a: head(a), b: head(b) };
}

function without(steps: readonly EstimatedStep[], others: readonly EstimatedStep[]): NamedStep[] {
  return steps
    .filter(({ step }) => !others.some((other) => other.step === step))
    .map(({ step, name }) => ({ step, name }));
}
