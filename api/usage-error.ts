/** What was asked for cannot be: a wrong name, path or option. Nothing was started; exit code 2 of a command. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly help: string;
  constructor(message: string, help = '') {
    super(message);
    this.help = help;
  }
}
