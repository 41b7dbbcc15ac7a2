import { afterEach, expect, test, vi } from 'vitest';
import { EngineError, type Progress } from '../engine.ts';
import { checkConserved } from '../testing/check-conserved.ts';
import { WORKLOAD, steadyJob } from '../testing/jobs.ts';
import { ok, startStub, type Stub } from '../testing/stub-server.ts';
import { openLoop } from './open-loop.ts';

let server: Stub | undefined;
afterEach(async () => {
  await server?.close();
});

async function pathsOfRun(seed: number): Promise<string[]> {
  await server?.close();
  server = await startStub((_, response) => ok(response));
  const job = steadyJob(server.url, 100, 1);
  await openLoop.run({ ...job, schedule: { ...job.schedule, process: 'poisson', seed } }, {});
  return server.seen.map(({ path, body }) => path + body).toSorted();
}

test('a seed decides which requests are sent', async () => {
  const first = await pathsOfRun(1);
  expect(first.length).toBeGreaterThan(50);
  expect(await pathsOfRun(1)).toEqual(first);
  expect(await pathsOfRun(2)).not.toEqual(first);
});

test('tells phases at their borders and progress every second', async () => {
  server = await startStub((_, response) => ok(response));
  const phase = { duration_s: 1, judged: true };
  const steady = { duration_s: 1, rate_per_s: 50, rate_end_per_s: 50 };
  const phases = [
    { ...phase, name: 'warm-up', pieces: [steady] },
    { ...phase, name: 'load', pieces: [{ ...steady, rate_end_per_s: 100 }] },
  ];
  const job = steadyJob(server.url, 1, 1);
  const told: [string, number][] = [];
  const progress: Progress[] = [];
  const result = await openLoop.run(
    { ...job, schedule: { ...job.schedule, phases } },
    { onPhase: (name, at_s) => told.push([name, at_s]), onProgress: (figures) => progress.push(figures) },
  );
  expect(told).toEqual([
    ['warm-up', 0],
    ['load', 1],
    ['load', 2],
  ]);
  expect(progress.map((figures) => figures.total_s)).toEqual([2, 2]);
  expect(progress[0]).toMatchObject({ errors: 0, rate_per_s: 50 });
  checkConserved(result);
  expect(result.intervals.map((interval) => interval.scheduled)).toEqual([50, 75]);
  const perPhase = (name: string): number =>
    result.classes.filter((observed) => observed.phase === name).reduce((sum, observed) => sum + observed.scheduled, 0);
  expect([perPhase('warm-up'), perPhase('load')]).toEqual([50, 75]);
  expect(result.generator.memory_bytes_max).toBeGreaterThan(1e7);
  expect(result.generator.sockets_max).toBeGreaterThan(0);
  expect(result.generator.cpu_cores).toBeGreaterThan(0);
});

test('an abort stops sending and keeps what was seen', async () => {
  server = await startStub((_, response) => ok(response));
  const abort = new AbortController();
  const result = await openLoop.run(steadyJob(server.url, 100, 3600), {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  checkConserved(result);
  expect(result.complete).toBe(false);
  expect(result.incompleteBecause).toMatch(/stopped after \d\.\d s of 3600 s/);
  expect(result.totals.ok).toBeGreaterThanOrEqual(100);
  expect(result.totals.scheduled).toBeLessThan(3600 * 100);
});

test('an abort before the start sends nothing', async () => {
  server = await startStub((_, response) => ok(response));
  const result = await openLoop.run(steadyJob(server.url, 100, 60), { signal: AbortSignal.abort() });
  expect(result.complete).toBe(false);
  expect(result.totals.scheduled).toBeLessThan(100);
});

test('what a callback throws ends the run with that', async () => {
  server = await startStub((_, response) => ok(response));
  const watch = { onPhase: vi.fn<() => void>().mockThrow(new RangeError('of the caller')) };
  await expect(openLoop.run(steadyJob(server.url, 100, 60), watch)).rejects.toThrow('of the caller');
  await vi.waitFor(() => expect(server?.open()).toBe(0));
});

test.each([
  ['another machine', 'http://example.com', /this machine only/],
  ['an address that begins like loopback', 'http://127.0.0.1.example.com', /this machine only/],
  ['a private network', 'http://10.0.0.1:8080', /this machine only/],
  ['TLS', 'https://127.0.0.1', /not an address like/],
  ['a path', 'http://127.0.0.1:8080/shop', /alone/],
  ['nonsense', 'nonsense', /not an address like/],
])('refuses %s', async (_, url, message) => {
  await expect(openLoop.run(steadyJob(url, 1, 1), {})).rejects.toThrow(message);
  await expect(openLoop.run(steadyJob(url, 1, 1), {})).rejects.toThrow(EngineError);
});

test('refuses what is beyond bounds, and wrong workloads', async () => {
  const url = 'http://127.0.0.1:9';
  await expect(openLoop.run(steadyJob(url, 1, 86_401), {})).rejects.toThrow(/schedule in s must be/);
  await expect(openLoop.run(steadyJob(url, 1e6, 3600), {})).rejects.toThrow(/requests must be/);
  await expect(openLoop.run(steadyJob(url, 1, 1, { connections: 0 }), {})).rejects.toThrow(/connections must be/);
  const workload = { ...WORKLOAD, feeds: {} };
  await expect(openLoop.run(steadyJob(url, 1, 1, { workload }), {})).rejects.toThrow(/unknown feed `products`/);
});
