/** A file that somebody has named, or that was kept, cannot be read; exit code 2. */
export class UnreadableFile extends Error {
  override name = 'UnreadableFile';
  /** Why, in lower case and without the path. */
  readonly reason: string;
  readonly help: string;
  readonly isMissing: boolean;
  constructor(path: string, reason: string, help: string, isMissing = false) {
    super(`${path}: ${reason}`);
    this.reason = reason;
    this.help = help;
    this.isMissing = isMissing;
  }
}
