import type { Source } from '../document/source.ts';
import type { Plan } from '../plan/plan.ts';
import type { LessonValues } from './lesson-values.ts';

/** What the parts of a lesson are read with. */
export interface LessonContext {
  readonly source: Source;
  readonly plan: Plan;
  readonly values: LessonValues;
  /** Numbers of the lessons of its course, which texts may speak of. */
  readonly lessons: readonly number[];
}
