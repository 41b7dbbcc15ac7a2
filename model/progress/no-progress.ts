import { PROGRESS_FORMAT_VERSION } from './progress.ts';
import type { Progress } from './progress.ts';

/** Of somebody who has not begun. */
export const NO_PROGRESS: Progress = {
  formatVersion: PROGRESS_FORMAT_VERSION,
  kind: 'progress',
  at: null,
  lessons: {},
  decisions: {},
  drills: [],
  whiteboards: [],
};
