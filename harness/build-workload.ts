import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Plan, RequestClass } from '../model/plan/plan.ts';
import type { Scenario } from '../model/scenario/scenario.ts';
import type { Feed, RequestTemplate, Workload } from '../model/workload/workload.ts';
import { RunError } from './run-error.ts';

/**
 * What a scenario sends: the plan's request classes in the scenario's mix, with the feeds that the stack's data left.
 * @throws RunError when a feed's file is missing or has no rows.
 */
export async function buildWorkload(
  plan: Plan,
  scenario: Pick<Scenario, 'mix' | 'checks'>,
  feedsDir: string,
): Promise<Workload> {
  const classes = plan.requests.flatMap((request) => {
    const share = scenario.mix.get(request.name) ?? 0;
    return share > 0 ? [template(request, share)] : [];
  });
  const used = [...plan.feeds].filter(([name]) => classes.some((request) => uses(request, name)));
  const feeds: Record<string, Feed> = {};
  for (const [name, { file, pick, exponent }] of used) {
    const table = await readTable(join(feedsDir, basename(file)));
    feeds[name] = { pick, ...(exponent === undefined ? {} : { exponent }), ...table };
  }
  return { classes, feeds };
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
