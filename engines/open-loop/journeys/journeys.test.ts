import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { max, decode } from '../../../model/observation/histogram.ts';
import type { ClassObservation } from '../../../model/observation/observation.ts';
import type { JourneyTemplate } from '../../../model/workload/journey-template.ts';
import type { RequestTemplate, Workload } from '../../../model/workload/workload.ts';
import { autocannon } from '../../autocannon/autocannon.ts';
import type { LoadJob, LoadResult } from '../../engine.ts';
import { checkConserved } from '../../testing/check-conserved.ts';
import { steadyJob } from '../../testing/jobs.ts';
import { okAfter, startStub, type Answer, type Stub } from '../../testing/stub-server.ts';
import { openLoop } from '../open-loop.ts';

const request = (name: string, more: Partial<RequestTemplate> = {}): RequestTemplate => ({
  class: name,
  share: 1 / 3,
  method: 'GET',
  path: `/${name}`,
  headers: {},
  accept: [200],
  timeout_ms: 5000,
  ...more,
});
const token = { name: 'token', from: 'body', path: ['session', 'tokens', '0'] } as const;
const place = { name: 'place', from: 'header', path: ['location'] } as const;
/** Logs in, looks at something, and buys it with what the answers gave. */
const BUY: JourneyTemplate = {
  name: 'buy',
  share: 1,
  steps: [
    {
      request: request('login', { path: '/login/${users.id}' }),
      keep: [token],
      think: { mean_s: 0.05, exponential: false },
    },
    { request: request('look', { headers: { token: '${session.token}' } }), keep: [place] },
    { request: request('buy', { path: '/buy/${session.place}/${users.id}/${session.token}' }), keep: [] },
  ],
};
const WORKLOAD: Workload = {
  classes: [request('login'), request('look'), request('buy')],
  feeds: { users: { pick: 'sequential', columns: ['id'], rows: Array.from({ length: 50 }, (_, i) => [`u${i}`]) } },
  journeys: [BUY],
};
const job = (more: Partial<LoadJob> = {}): LoadJob => steadyJob(server.url, 40, 1, { workload: WORKLOAD, ...more });

let server: Stub;
afterEach(() => server.close());

/** A shop that gives each user a token of its own at login, and a place when it is asked with it. */
const shop: Answer = (incoming, response) => {
  const user = incoming.url?.match(/^\/login\/(.*)/)?.[1];
  if (user) response.end(JSON.stringify({ session: { tokens: [`t-${user}`] } }));
  else {
    response.setHeader('Location', `a place/${String(incoming.headers['token']).slice(2)}`);
    response.end('{}');
  }
};
const journeysOf = ({ journeys = [] }: LoadResult): ClassObservation | undefined => journeys[0];
const byClass = (result: LoadResult): [string, number, number][] =>
  result.classes.map((each) => [each.class, each.scheduled, each.ok]);

test('a user stays the same, goes on with what the answers gave, and is timed without pauses', async () => {
  server = await startStub(shop);
  const result = await openLoop.run(job(), {});
  checkConserved(result);
  const buys = server.seen.flatMap(({ path }) => path.match(/^\/buy\/(.*)\/(.*)\/(.*)$/)?.slice(1) ?? []);
  expect(buys.length).toBeGreaterThan(60);
  for (let i = 0; i < buys.length; i += 3) {
    const [at, user, session] = buys.slice(i, i + 3);
    expect([at, session]).toEqual([`a%20place%2F${user}`, `t-${user}`]);
  }
  const found = journeysOf(result);
  expect(found).toMatchObject({
    class: 'journey.buy',
    phase: 'steady',
    scheduled: 40,
    dropped: 0,
    http_error: 0,
    censored: 0,
  });
  // Those that began in the last 50 ms were cut off by the end, and count neither way.
  expect(found?.ok).toBe(buys.length / 3);
  expect(found?.sent).toBe(found?.ok);
  expect(byClass(result)[0]).toEqual(['login', 40, 40]);
});

test('the pause is kept: the step after it is due that much later', async () => {
  const seen_ms = new Map<string, number[]>();
  server = await startStub((incoming, response, n, at_ms) => {
    const user = incoming.url?.split('/').at(-1) ?? '';
    if (incoming.url?.startsWith('/login')) seen_ms.set(`t-${user}`, [at_ms]);
    else if (incoming.url === '/look') seen_ms.get(String(incoming.headers['token']))?.push(at_ms);
    shop(incoming, response, n, at_ms);
  });
  await openLoop.run(job(), {});
  const pauses_ms = [...seen_ms.values()].flatMap(([from, to]) =>
    from !== undefined && to !== undefined ? [to - from] : [],
  );
  expect(pauses_ms.length).toBeGreaterThan(10);
  expect(Math.min(...pauses_ms)).toBeGreaterThan(48);
});

test.each<[string, Answer, keyof ClassObservation]>([
  ['an answer that is no success', (_, response) => response.writeHead(500).end(), 'http_error'],
  ['an answer without what is to be kept', (_, response) => response.end('{"session":{}}'), 'http_error'],
  ['an answer that is no JSON', (_, response) => response.end('welcome'), 'http_error'],
  ['a reset', (incoming) => incoming.socket.destroy(), 'reset'],
])('%s ends the journey', async (_, answer, outcome) => {
  server = await startStub(answer);
  const result = await openLoop.run(job(), {});
  checkConserved(result);
  expect(byClass(result).map(([name]) => name)).toEqual(['login']);
  const found = journeysOf(result);
  expect(found?.[outcome]).toBe(found?.sent);
  expect(found?.ok).toBe(0);
});

test('its time is that of its requests together', async () => {
  server = await startStub((incoming, response, n, at_ms) => setTimeout(() => shop(incoming, response, n, at_ms), 60));
  const result = await openLoop.run(job({ drain_s: 5 }), {});
  const found = journeysOf(result);
  const longest_us = max(decode(found?.response_us ?? ''));
  expect(found?.ok).toBeGreaterThan(0);
  expect(longest_us).toBeGreaterThan(3 * 59_000);
  const slowest_us = result.classes.reduce((sum, each) => sum + max(decode(each.response_us)), 0);
  expect(longest_us).toBeLessThanOrEqual(slowest_us);
});

test('beyond the cap journeys are dropped whole', async () => {
  server = await startStub((_, response) => okAfter(response, 600));
  const result = await openLoop.run(job({ in_flight_cap: 10 }), {});
  const found = journeysOf(result);
  expect(found?.dropped).toBeGreaterThan(10);
  expect(result.totals.dropped).toBe(0);
  expect(found?.scheduled).toBe(40);
});

test('an abort cuts off those that pause', async () => {
  server = await startStub(shop);
  const [login, ...rest] = BUY.steps;
  const steps = login ? [{ ...login, think: { mean_s: 3600, exponential: true } }, ...rest] : [];
  const abort = new AbortController();
  const more = { workload: { ...WORKLOAD, journeys: [{ ...BUY, steps }] } };
  const run = steadyJob(server.url, 20, 3600 * 20, more);
  const result = await openLoop.run(run, { signal: abort.signal, onProgress: () => abort.abort() });
  checkConserved(result);
  expect(journeysOf(result)).toMatchObject({ scheduled: result.totals.sent, sent: 0 });
});

test('three generators take the users of one through the same journeys, and log the same writes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'journeys-'));
  const recorded = BUY.steps.map((step) =>
    step.request.class === 'buy'
      ? { ...step, request: { ...step.request, headers: { id: '${request.id}' }, record: true as const } }
      : { ...step, think: { mean_s: 0.02, exponential: true } },
  );
  const workload: Workload = {
    ...WORKLOAD,
    classes: WORKLOAD.classes.map((each) =>
      each.class === 'buy' ? { ...each, headers: { id: '${request.id}' }, record: true } : each,
    ),
    journeys: [{ ...BUY, steps: recorded }],
  };
  const logins = async (generators: number): Promise<string[]> => {
    server = await startStub(shop);
    const writes_log = join(folder, `${generators}.tsv`);
    const result = await openLoop.run(job({ workload, generators, writes_log }), {});
    checkConserved(result);
    expect(journeysOf(result)?.scheduled).toBe(40);
    const lines = (await readFile(writes_log, 'utf8')).trimEnd().split('\n');
    expect(lines.length).toBe(result.classes.find((each) => each.class === 'buy')?.sent);
    if (generators > 1) await server.close();
    return server.seen.flatMap(({ path }) => (path.startsWith('/login') ? [path] : [])).toSorted();
  };
  try {
    const shared = await logins(3);
    expect(await logins(1)).toEqual(shared);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a closed loop refuses journeys', async () => {
  server = await startStub(shop);
  await expect(autocannon.run(job(), {})).rejects.toThrow('`autocannon` cannot take users through journeys');
});
