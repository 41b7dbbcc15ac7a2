import { RunError } from '../run-error.ts';

/** A file that somebody has named, or that was kept, cannot be read; exit code 2. */
export class UnreadableFile extends RunError {
  override name = 'UnreadableFile';
  /** Why, in lower case and without the path. */
  readonly reason: string;
  readonly isMissing: boolean;
  constructor(path: string, reason: string, help: string, isMissing = false) {
    super(`${path}: ${reason}`, help);
    this.reason = reason;
    this.isMissing = isMissing;
  }
}
