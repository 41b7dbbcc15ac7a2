import type { Terminal } from '../terminal.ts';
import type { WalkKeyboard } from './keyboard.ts';
import type { Library } from './library.ts';
import type { Sheet } from './print.ts';
import type { ProgressFile } from './progress-file.ts';

/** What a walk works with. */
export interface Site extends Sheet {
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly keyboard: WalkKeyboard;
  readonly library: Library;
  readonly progress: ProgressFile;
}
