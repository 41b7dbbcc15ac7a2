import type { ArchitectureStep, Plan } from '../model/plan/plan.ts';
import { UsageError } from './usage-error.ts';

/** The step of a plan, or a usage error that lists what there is. */
export function stepOf({ name, steps }: Pick<Plan, 'name' | 'steps'>, step: number): ArchitectureStep {
  const found = steps.find((candidate) => candidate.step === step);
  if (found) return found;
  const known = steps.map((candidate) => candidate.step).join(', ');
  throw new UsageError(`${name} has no step ${step}`, known === '' ? 'it has no `architecture`' : `steps: ${known}`);
}
