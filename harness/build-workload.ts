import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Plan } from '../model/plan/plan.ts';
import type { Journey } from '../model/scenario/journey.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { JourneyTemplate } from '../model/workload/journey-template.ts';
import type { Feed, RequestTemplate, Workload } from '../model/workload/workload.ts';
import { requestTemplate } from './request-template.ts';
import { RunError } from './run-error.ts';

/**
 * What a scenario sends: the plan's request classes in the scenario's mix, with the feeds that the stack's data left.
 * @throws RunError when a feed's file is missing or has no rows.
 */
export async function buildWorkload(
  plan: Plan,
  scenario: Pick<Scenario, 'name' | 'mix' | 'checks' | 'phases' | 'journeys'>,
  feedsDir: string,
): Promise<Workload> {
  const recorded = isRecorded(scenario);
  const classes = plan.requests.flatMap((request) => {
    const share = scenario.mix.get(request.name) ?? 0;
    return share > 0 ? [requestTemplate(request, share, recorded)] : [];
  });
  if (recorded && !classes.some(({ record }) => record)) {
    throw new RunError(
      `\`${scenario.name}\` checks its writes, but sends none that could be found again`,
      'take up a request class that has `identify` in its mix',
    );
  }
  const journeys = scenario.journeys.map((journey) => journeyTemplate(journey, plan, recorded));
  const requests = [...classes, ...journeys.flatMap(({ steps }) => steps.map(({ request }) => request))];
  const used = [...plan.feeds].filter(([name]) => requests.some((request) => uses(request, name)));
  const feeds: Record<string, Feed> = {};
  for (const [name, { file, pick, exponent }] of used) {
    const table = await readTable(join(feedsDir, basename(file)));
    feeds[name] = { pick, ...(exponent === undefined ? {} : { exponent }), ...table };
  }
  return { classes, feeds, ...(journeys.length > 0 && { journeys }) };
}

/** Whether a scenario's load is to leave a log of its writes. */
export function isRecorded({ checks, phases }: Pick<Scenario, 'checks' | 'phases'>): boolean {
  return checks.includes('writes') && phases.some(({ probe }) => !probe);
}

/** The steps of journeys as they are sent: what a step says counts before what its class says. */
function journeyTemplate({ name, share, steps }: Journey, plan: Plan, recorded: boolean): JourneyTemplate {
  return {
    name,
    share,
    steps: steps.flatMap(({ request, keep, think, ...changes }) => {
      const of = plan.requests.find((each) => each.name === request);
      if (!of) return [];
      const headers = { ...of.headers, ...changes.headers };
      const template = requestTemplate({ ...of, ...changes, headers }, 1, recorded);
      return [{ request: template, keep, ...(think && { think }) }];
    }),
  };
}

function uses({ path, headers, body }: RequestTemplate, feed: string): boolean {
  return [path, body ?? '', ...Object.values(headers)].some((text) => text.includes(`\${${feed}.`));
}

/** Tab-separated, one header line. */
async function readTable(path: string): Promise<Pick<Feed, 'columns' | 'rows'>> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new RunError(
      `the feed ${basename(path)} cannot be read`,
      'start the stack again, so that its data are loaded',
      error,
    );
  });
  const [header = '', ...lines] = text.split('\n').filter((line) => line !== '');
  if (lines.length === 0)
    throw new RunError(
      `the feed ${basename(path)} has no rows`,
      'load the data again: `shop-plan down --purge`, then `up`',
    );
  return { columns: header.split('\t'), rows: lines.map((line) => line.split('\t')) };
}
