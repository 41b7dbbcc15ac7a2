import type { Node } from '../document/source.ts';
import { readCount } from '../plan/read-scalars.ts';
import type { LessonContext } from './lesson-context.ts';

/** A step of the plan; undefined where there is none, or after what is wrong was reported. */
export function readStep({ source, plan }: LessonContext, node: Node, what: string): number | undefined {
  const step = readCount(source, node, what);
  if (step === undefined || plan.steps.some((known) => known.step === step)) return step;
  const help = `steps: ${plan.steps.map((known) => known.step).join(', ')}`;
  return source.report('UNKNOWN_NAME', node, `the plan has no step ${step}`, { help });
}
