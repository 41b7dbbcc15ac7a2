import type { Plan } from '../../model/plan/plan.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { diffPlans, diffPlanSteps } from '../../model/questions/diff.ts';
import type { Diff } from '../../model/questions/diff.ts';
import { diffDocument } from '../../reports/diff-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface DiffOptions {
  readonly steps?: readonly [number, number];
  readonly set: readonly string[];
}

/** `shop-plan diff <a> [b]`: two plans, one with `--set`, or two steps of one. */
export async function diffCommand(
  { terminal }: Context,
  a: string,
  b: string | undefined,
  options: DiffOptions,
): Promise<ExitCode> {
  checkUsage(a, b, options);
  const plan = await loadPlan(a, { claims: false });
  const diff = b === undefined ? diffOfOne(plan, options) : diffOfTwo(a, plan, b, await loadPlan(b, { claims: false }));
  await show(terminal, { data: () => diff, document: () => diffDocument(diff, { width: terminal.width }) });
  return EXIT.ok;
}

function checkUsage(a: string, b: string | undefined, { steps, set }: DiffOptions): void {
  if (b !== undefined && (steps || set.length > 0)) {
    const option = steps ? '--steps' : '--set';
    throw new UsageError(
      `\`${option}\` compares a plan with itself, and there are two plans`,
      `leave out ${a} or ${b}`,
    );
  }
  if (b === undefined && !steps && set.length === 0) {
    const help = 'name a second plan, or use `--set name=value` or `--steps 1,2`';
    throw new UsageError(`there is nothing to compare ${a} with`, help);
  }
}

function diffOfTwo(a: string, planA: Plan, b: string, planB: Plan): Diff {
  return diffPlans({ label: a, plan: planA }, { label: b, plan: planB });
}

function diffOfOne(plan: Plan, { steps, set }: DiffOptions): Diff {
  const changed = withSettings(plan, set);
  if (!steps) {
    const diff = diffPlans({ label: 'before', plan }, { label: 'after', plan: changed });
    return { ...diff, settings: set };
  }
  for (const number of steps) requireStep(plan, number);
  return diffPlanSteps(changed, ...steps);
}

function requireStep({ name, steps }: Plan, number: number): void {
  if (steps.some(({ step }) => step === number)) return;
  const known = steps.map(({ step }) => step).join(', ');
  throw new UsageError(`${name} has no step ${number}`, known === '' ? 'it has no `architecture`' : `steps: ${known}`);
}
