import type { Progress } from '../../model/progress/progress.ts';
import type { Terminal } from '../terminal.ts';
import type { Keyboard } from './keyboard.ts';
import type { Sheet } from './print.ts';

/** What the questions of a drill are asked with. */
export interface DrillSite extends Sheet {
  readonly terminal: Terminal;
  readonly keyboard: Keyboard;
}

/** Where progress is kept. */
export interface KeptProgress {
  readonly progress: Progress;
  readonly keep: (change: (progress: Progress) => Progress) => Promise<void>;
}
