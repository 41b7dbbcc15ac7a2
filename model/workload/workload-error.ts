/** What is wrong with a workload or schedule: all of it at once, one line each. */
export class WorkloadError extends Error {
  override name = 'WorkloadError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('; '));
    this.problems = problems;
  }
}
