import { createLocalBackend } from '../infra/local/local-backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import type { Stack } from '../infra/backend.ts';
import type { ArchitectureStep, Plan } from '../model/plan/plan.ts';
import { UsageError } from './usage-error.ts';

export function backend(): LocalBackend {
  return createLocalBackend();
}

/** The step of a plan, or a usage error that lists what there is. */
export function stepOf(plan: Plan, step: number): ArchitectureStep {
  const found = plan.steps.find((candidate) => candidate.step === step);
  if (found) return found;
  const known = plan.steps.map((candidate) => candidate.step).join(', ');
  throw new UsageError(
    `${plan.name} has no step ${step}`,
    known === '' ? 'the plan has no `architecture`' : `steps: ${known}`,
  );
}

/** The running stack of that name. */
export async function runningStack(local: LocalBackend, name: string): Promise<Stack> {
  const status = await local.status(name);
  if (status && status.processes.some((process) => process.alive)) return status.stack;
  throw new UsageError(`no stack \`${name}\` is up`, 'start one with `shop-plan up --step 2`');
}
