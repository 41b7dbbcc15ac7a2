import { requestProblems } from './check-request.ts';
import type { JourneyTemplate } from './journey-template.ts';
import type { Workload } from './workload.ts';

const STEPS_MAX = 100;

/** Everything wrong with the journeys of a workload, a line each. */
export function journeyProblems({ journeys, classes, feeds }: Workload): string[] {
  if (journeys === undefined) return [];
  const names = new Set(classes.map((template) => template.class));
  const shares = journeys.reduce((sum, { share }) => sum + share, 0);
  return [
    ...journeys.flatMap((journey) => problemsOf(journey, names, feeds)),
    ...(Math.abs(shares - 1) < 1e-6 ? [] : [`the shares of all journeys add up to ${shares}, not to 1`]),
  ];
}

function problemsOf(
  { name, share, steps }: JourneyTemplate,
  classes: ReadonlySet<string>,
  feeds: Workload['feeds'],
): string[] {
  const where = `journey \`${name}\``;
  const problems: string[] = [];
  if (!(share >= 0)) problems.push(`${where} needs a share of 0 or more, not ${share}`);
  if (steps.length === 0 || steps.length > STEPS_MAX) problems.push(`${where} needs 1 to ${STEPS_MAX} steps`);
  const kept = new Set<string>();
  for (const { request, keep, think } of steps) {
    if (!classes.has(request.class)) problems.push(`${where} asks for \`${request.class}\`, which is no class`);
    problems.push(...requestProblems(request, feeds, kept).map((problem) => `${where}: ${problem}`));
    if (think && !(think.mean_s >= 0)) problems.push(`${where} cannot pause for ${think.mean_s} s`);
    for (const { name: key } of keep) kept.add(key);
  }
  return problems;
}
