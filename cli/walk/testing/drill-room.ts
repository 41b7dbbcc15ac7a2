import { NO_PROGRESS } from '../../../model/progress/no-progress.ts';
import type { Progress } from '../../../model/progress/progress.ts';
import type { Context } from '../../context.ts';
import { recordingTerminal } from '../../testing/recording-terminal.ts';
import type { KeptProgress } from '../drill-site.ts';

/** Progress in memory. */
export class MemoryProgress implements KeptProgress {
  progress: Progress;

  constructor(progress: Progress = NO_PROGRESS) {
    this.progress = progress;
  }

  readonly keep = (change: (progress: Progress) => Progress): Promise<void> => {
    this.progress = change(this.progress);
    return Promise.resolve();
  };
}

/** A place to drill in: what is written, in the order in which somebody reads it. */
export function drillRoom(): {
  readonly context: Context;
  readonly progress: MemoryProgress;
  readonly text: () => string;
} {
  const written: string[] = [];
  const write = (text: string): void => void written.push(text);
  const { terminal } = recordingTerminal(false);
  const message = (text: string): void => write(`${text}\n`);
  const context = { terminal: { ...terminal, out: write, err: write, message }, signal: new AbortController().signal };
  return { context, progress: new MemoryProgress(), text: () => written.join('') };
}
