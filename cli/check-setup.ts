import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { INSTRUMENTS } from '../harness/known-instruments.ts';
import { assignCriteria } from '../model/gate/assign-criteria.ts';
import type { Assignment } from '../model/gate/assign-criteria.ts';
import type { Gate } from '../model/gate/gate.ts';
import { ownGate } from '../model/gate/own-gate.ts';
import { readGate, readGateHead } from '../model/gate/read-gate.ts';
import type { GateHead } from '../model/gate/read-gate.ts';
import type { ToRun } from '../model/gate/why-never.ts';
import type { Plan } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { defaultScenario } from './default-scenario.ts';
import { DEFAULT_PLAN, fileReason, isPath, loadLiveScenario, loadPlan, planOf } from '../api/files.ts';
import { DEFAULT_STEP } from './options.ts';
import { withTierSettings } from './scenario-settings.ts';
import { stepOf } from '../api/step-of.ts';
import { UsageError } from '../api/usage-error.ts';

export interface CheckSetupOptions {
  readonly step?: number;
  readonly scenario?: readonly string[];
  /** Path of a gate file, or of OpenSLO documents. */
  readonly slo?: string;
  /** `tier.setting=value` */
  readonly set: readonly string[];
}

/** What is to be run, and what it is held to. */
export interface CheckSetup {
  readonly plan: Plan;
  readonly gate: Gate;
  readonly assigned: Assignment['criteria'];
  readonly runs: readonly ToRun[];
}

/**
 * Reads everything that a check needs, before anything is started.
 * @throws UsageError or InvalidInput, also for a gate that gates nothing.
 */
export async function setUpCheck(planName: string | undefined, options: CheckSetupOptions): Promise<CheckSetup> {
  const file = options.slo === undefined ? undefined : readFile(options.slo);
  const head: GateHead = file ? fromFolder(readGateHead(file.path, file.text), dirname(file.path)) : { scenarios: [] };
  const named = options.scenario ?? head.scenarios;
  const plan = await loadPlan(planName ?? head.plan ?? planFor(named), { claims: false });
  const step = options.step ?? head.step;
  if (step !== undefined) stepOf(plan, step);
  const names = named.length > 0 ? [...new Set(named)] : [await defaultScenario(plan, step)];
  const scenarios = await Promise.all(names.map((name) => loadLiveScenario(name, plan)));
  const runs = scenarios.map((scenario): ToRun => {
    const chosen = stepFor(scenario, step);
    return {
      plan,
      scenario: withTierSettings(scenario, stepOf(plan, chosen), options.set),
      step: chosen,
      instruments: INSTRUMENTS,
    };
  });
  const gate = file ? readGate(file.path, file.text, plan, runs) : ownGate(plan, scenarios);
  return { plan, gate, assigned: assigned(gate, runs), runs };
}

function readFile(path: string): { readonly path: string; readonly text: string } {
  try {
    return { path, text: readFileSync(path, 'utf8') };
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${fileReason(error)}`, 'check the path');
  }
}

/** Paths in a file count from its folder on. */
function fromFolder({ plan, step, scenarios }: GateHead, folder: string): GateHead {
  const placed = (name: string): string => (isPath(name) ? join('.', folder, name).replace(/^(?![./])/, './') : name);
  return {
    scenarios: scenarios.map(placed),
    ...(step === undefined ? {} : { step }),
    ...(plan === undefined ? {} : { plan: placed(plan) }),
  };
}

function planFor([first]: readonly string[]): string {
  return first === undefined ? DEFAULT_PLAN : planOf(first);
}

function stepFor({ name, steps }: Scenario, asked: number | undefined): number {
  if (asked !== undefined && !steps.includes(asked)) {
    throw new UsageError(`\`${name}\` is not for step ${asked}`, `it is for ${steps.join(', ')}`);
  }
  return asked ?? (steps.includes(DEFAULT_STEP) ? DEFAULT_STEP : (steps[0] ?? DEFAULT_STEP));
}

/** What nobody could ever answer, and scenarios that are run for nothing, are mistakes, and all are told at once. */
function assigned(gate: Gate, runs: readonly ToRun[]): Assignment['criteria'] {
  const { criteria, never, ungated } = assignCriteria(gate, runs);
  const problems = [
    ...never.map(({ criterion: { criterion, from }, never: { message, help } }) => ({
      message: `\`${criterion.text}\` (${from}) can never be judged: ${message}`,
      help,
    })),
    ...ungated.map((name) => ({
      message: `no criterion is about \`${name}\`, so it would gate nothing`,
      help: 'write `expect` in the scenario or `slo` in the plan, or give a gate with `--slo`',
    })),
  ];
  const [first] = problems;
  if (first) throw new UsageError(problems.map(({ message }) => message).join('\n'), first.help);
  return criteria;
}
