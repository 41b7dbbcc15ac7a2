/** A run could not be carried out: what stood in the way, and what to do about it. */
export class RunError extends Error {
  override name = 'RunError';
  readonly help: string;
  constructor(message: string, help = '', cause?: unknown) {
    super(message, { cause });
    this.help = help;
  }
}
