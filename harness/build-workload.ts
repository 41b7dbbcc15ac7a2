import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Identify, Plan, RequestClass } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import { REQUEST } from '../model/workload/template.ts';
import type { Feed, RequestTemplate, Workload } from '../model/workload/workload.ts';
import { RunError } from './run-error.ts';

/**
 * What a scenario sends: the plan's request classes in the scenario's mix, with the feeds that the stack's data left.
 * @throws RunError when a feed's file is missing or has no rows.
 */
export async function buildWorkload(
  plan: Plan,
  scenario: Pick<Scenario, 'name' | 'mix' | 'checks' | 'phases'>,
  feedsDir: string,
): Promise<Workload> {
  const recorded = isRecorded(scenario);
  const classes = plan.requests.flatMap((request) => {
    const share = scenario.mix.get(request.name) ?? 0;
    if (share === 0) return [];
    return [
      recorded && request.identify ? identified(template(request, share), request.identify) : template(request, share),
    ];
  });
  if (recorded && !classes.some(({ record }) => record)) {
    throw new RunError(
      `\`${scenario.name}\` checks its writes, but sends none that could be found again`,
      'take up a request class that has `identify` in its mix',
    );
  }
  const used = [...plan.feeds].filter(([name]) => classes.some((request) => uses(request, name)));
  const feeds: Record<string, Feed> = {};
  for (const [name, { file, pick, exponent }] of used) {
    const table = await readTable(join(feedsDir, basename(file)));
    feeds[name] = { pick, ...(exponent === undefined ? {} : { exponent }), ...table };
  }
  return { classes, feeds };
}

/** Whether a scenario's load is to leave a log of its writes. */
export function isRecorded({ checks, phases }: Pick<Scenario, 'checks' | 'phases'>): boolean {
  return checks.includes('writes') && phases.some(({ probe }) => !probe);
}

/** With an id of its own in each request. */
function identified(of: RequestTemplate, { in: place, name }: Identify): RequestTemplate {
  const id = `\${${REQUEST}.id}`;
  if (place === 'header') return { ...of, headers: { ...of.headers, [name]: id }, record: true };
  const body: unknown = JSON.parse(of.body ?? '{}');
  return { ...of, body: JSON.stringify(Object.assign({}, body, { [name]: id })), record: true };
}

function template(request: RequestClass, share: number): RequestTemplate {
  const { name, method, path, headers, body, accept, timeout_s } = request;
  const json = body === undefined ? {} : { body };
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  return {
    class: name,
    share,
    method,
    path,
    headers: { ...type, ...headers },
    ...json,
    accept,
    timeout_ms: timeout_s * 1000,
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
