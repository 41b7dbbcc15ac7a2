import { feedProblems } from './check-feed.ts';
import { journeyProblems } from './check-journeys.ts';
import { requestProblems } from './check-request.ts';
import type { Workload } from './workload.ts';
import { WorkloadError } from './workload-error.ts';

/**
 * Throws a `WorkloadError` that lists everything wrong with a workload: what is wrong with its feeds, its requests and its journeys, and
 * shares that do not add up to 1.
 */
export function checkWorkload(workload: Workload): void {
  const names = workload.classes.map((template) => template.class);
  const problems = [
    ...Object.entries(workload.feeds).flatMap(([name, feed]) => feedProblems(name, feed)),
    ...workload.classes.flatMap((template) => requestProblems(template, workload.feeds)),
    ...names.filter((name, i) => names.indexOf(name) !== i).map((name) => `class \`${name}\` is there twice`),
    ...journeyProblems(workload),
  ];
  const shares = workload.classes.reduce((sum, template) => sum + template.share, 0);
  if (!(Math.abs(shares - 1) < 1e-6)) problems.push(`the shares of all classes add up to ${shares}, not to 1`);
  if (problems.length > 0) throw new WorkloadError(problems);
}
