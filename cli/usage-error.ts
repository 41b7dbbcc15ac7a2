/** Something about the command line itself is wrong; exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly help: string;
  constructor(message: string, help = '') {
    super(message);
    this.help = help;
  }
}
