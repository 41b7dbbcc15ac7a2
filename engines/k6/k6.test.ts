import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { percentile } from '../../model/observation/histogram.ts';
import { checkConserved } from '../testing/check-conserved.ts';
import { responses } from '../testing/histograms.ts';
import { steadyJob, withTimeout } from '../testing/jobs.ts';
import { ok, okAfter, startStub, type Answer, type Stub } from '../testing/stub-server.ts';
import { findK6 } from './find-k6.ts';
import { k6 } from './k6.ts';

const stubs: Stub[] = [];
let folder: string;
const path = process.env['PATH'];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6-'));
});
afterEach(async () => {
  process.env['PATH'] = path;
  for (const started of stubs.splice(0)) await started.close();
  await rm(folder, { recursive: true });
});
const stub = async (answer: Answer): Promise<Stub> => {
  const started = await startStub(answer);
  stubs.push(started);
  return started;
};
const job = (url: string, rate_per_s: number, duration_s: number, connections = 16) =>
  steadyJob(url, rate_per_s, duration_s, { connections });

/** A program of our own in the place of k6. */
async function pretend(script: string): Promise<void> {
  await writeFile(join(folder, 'k6'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'k6'), 0o755);
  process.env['PATH'] = `${folder}:${path}`;
}

test('without k6 it says how to get it', async () => {
  process.env['PATH'] = folder;
  process.env['SHOP_PLAN_HOME'] = folder;
  await expect(k6.run(job('http://127.0.0.1:9', 1, 1), {})).rejects.toThrow(/infra\/install\.sh/);
  delete process.env['SHOP_PLAN_HOME'];
});

test('refuses other machines, random arrivals and a log of writes', async () => {
  await expect(k6.run(job('http://192.0.2.1', 1, 1), {})).rejects.toThrow(/this machine only/);
  const steady = job('http://127.0.0.1:9', 1, 1);
  const poisson = { ...steady, schedule: { ...steady.schedule, process: 'poisson' as const } };
  await expect(k6.run(poisson, {})).rejects.toThrow('`arrivals: uniform`');
  await expect(k6.run({ ...steady, writes_log: 'x' }, {})).rejects.toThrow('cannot keep a log of writes');
});

test.each([
  ['echo "no memory" >&2; exit 107', /code 107 \(an exception in the script\): no memory/],
  ['exit 42', /code 42 \(unknown\)/],
  ['kill -9 $$', /was ended by SIGKILL/],
  ['exit 0', /wrote no summary/],
  ['echo "! 1" >&2; echo "> 0 0 0 1 1" >&2; echo \'{"dropped":[0]}\'', /did not tell how 1 requests ended/],
])('a k6 that does `%s` is an engine error with its words', async (script, message) => {
  await pretend(script);
  await expect(k6.run(job('http://127.0.0.1:9', 1, 1), {})).rejects.toThrow(message);
});

test('a threshold that failed is none of ours, and drops are told at the end', async () => {
  await pretend(
    'echo "! 1" >&2; echo "> 0 0 1 1 2" >&2; echo "< 0 0 ok 200 900" >&2; echo \'{"dropped":[3]}\'; exit 99',
  );
  const result = await k6.run(job('http://127.0.0.1:9', 4, 1), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 4, sent: 1, dropped: 3, ok: 1 });
  expect(result.classes).toMatchObject([{ class: 'write', scheduled: 4, dropped: 3 }]);
});

const missing = findK6() === undefined;
test.skipIf(missing)('drives phases with drawn requests at their rates', async () => {
  const server = await stub((_, response) => okAfter(response, 10));
  const steady = job(server.url, 50, 1);
  const [phase] = steady.schedule.phases;
  if (!phase) throw new Error('there is a phase');
  const ramp = { ...phase, name: 'ramp', pieces: [{ duration_s: 1, rate_per_s: 50, rate_end_per_s: 150 }] };
  const told: string[] = [];
  const result = await k6.run(
    { ...steady, schedule: { ...steady.schedule, phases: [phase, ramp] } },
    { onPhase: (name) => told.push(name) },
  );
  checkConserved(result);
  expect(told).toEqual(['steady', 'ramp', 'ramp']);
  expect(result.complete).toBe(true);
  expect(result.classes.map((observed) => `${observed.class} ${observed.phase}`).toSorted()).toEqual([
    'read ramp',
    'read steady',
    'write ramp',
    'write steady',
  ]);
  // Iterations that are due at the very end of a phase may not begin any more.
  expect(result.totals.scheduled).toBeGreaterThanOrEqual(148);
  expect(result.totals.scheduled).toBeLessThanOrEqual(150);
  expect(result.totals.sent).toBe(server.seen.length);
  expect(percentile(responses(result), 50)).toBeGreaterThan(9_000);
  expect(
    server.seen.some(({ method, path: at, body }) => method === 'GET' && /^\/products\/\d+$/.test(at) && !body),
  ).toBe(true);
  expect(server.seen.some(({ method, body }) => method === 'POST' && /^\{"product":\d+\}$/.test(body))).toBe(true);
  expect(result.generator.cpu_cores).toBeGreaterThan(0);
  expect(result.generator.memory_bytes_max).toBeGreaterThan(50e6);
});

test.skipIf(missing)('leaves a test that runs by hand', async () => {
  const server = await stub((_, response) => ok(response));
  const keep_in = join(folder, 'kept', 'steady');
  await k6.run({ ...job(server.url, 20, 1), keep_in }, {});
  const seen = server.seen.length;
  const byHand = spawn(findK6() ?? 'k6', ['run', '--address=', 'load.ts'], { cwd: keep_in });
  let told = '';
  byHand.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  const [code] = await once(byHand, 'close');
  expect(code).toBe(0);
  expect(server.seen.length).toBeGreaterThanOrEqual(2 * seen - 1);
  expect(told).toContain('"http_req_duration_ms"');
});

test.skipIf(missing)('the same seed sends the same requests', async () => {
  const seen = [];
  for (const _ of [1, 2]) {
    const server = await stub((_request, response) => ok(response));
    await k6.run(job(server.url, 40, 1), {});
    seen.push(
      server.seen
        .map(({ path: at, body }) => at + body)
        .toSorted()
        .slice(0, 30),
    );
  }
  const [first, second] = seen.map((requests) => new Set(requests));
  expect(first?.size).toBeGreaterThan(5);
  expect([...(first ?? [])].filter((request) => second?.has(request)).length).toBeGreaterThan((first?.size ?? 0) * 0.8);
});

test.skipIf(missing)('http errors, timeouts and resets are counted as such; nobody there is a reset', async () => {
  const server = await stub((request, response, n) => {
    if (request.method === 'GET') return ok(response);
    if (n % 3 === 0) return void response.writeHead(503).end();
    if (n % 3 === 1) return void request.socket.resetAndDestroy();
  });
  const result = await k6.run({ ...job(server.url, 60, 1, 60), workload: withTimeout(200) }, {});
  checkConserved(result);
  for (const count of ['ok', 'http_error', 'timeout', 'reset'] as const)
    expect(result.totals[count]).toBeGreaterThan(0);
  await stubs.pop()?.close();
  const refused = await k6.run(job(server.url, 20, 1), {});
  checkConserved(refused);
  expect(refused.totals).toMatchObject({ reset: refused.totals.sent, ok: 0 });
});

test.skipIf(missing)('drops at the cap, and gives up what is in flight when the drain is over', async () => {
  const server = await stub(() => {});
  const result = await k6.run({ ...job(server.url, 50, 1, 5), drain_s: 0.3 }, {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ sent: 5, in_flight_at_end: 5 });
  expect(result.totals.dropped).toBeGreaterThanOrEqual(44);
});

test.skipIf(missing)('an abort ends it early, with what is in flight on record', async () => {
  const server = await stub((_, response, n) => {
    if (n < 20) ok(response);
  });
  const abort = new AbortController();
  const result = await k6.run(job(server.url, 50, 3600, 200), {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  checkConserved(result);
  expect(result.complete).toBe(false);
  expect(result.totals.ok).toBeGreaterThan(0);
  expect(result.totals.in_flight_at_end).toBeGreaterThan(0);
});

test.skipIf(missing)('k6 ends when what it works for is gone', async () => {
  const server = await stub((_, response) => ok(response));
  const parent = fork(fileURLToPath(new URL('testing/parent.ts', import.meta.url)), [server.url], {
    execArgv: [],
    stdio: 'ignore',
  });
  await vi.waitFor(() => expect(server.seen.length).toBeGreaterThan(5), 30_000);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(server.open()).toBe(0), 20_000);
});
