import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { EngineError, type LoadJob, type Progress } from '../engine.ts';
import { openLoop } from '../open-loop/open-loop.ts';
import { checkConserved } from '../testing/check-conserved.ts';
import { WORKLOAD, steadyJob } from '../testing/jobs.ts';
import { ok, startStub, type Stub } from '../testing/stub-server.ts';
import { runJob } from './run-job.ts';

let server: Stub;
afterEach(() => server.close());

async function requestsOf(generators: number): Promise<string[]> {
  server = await startStub((_, response) => ok(response));
  const job = steadyJob(server.url, 150, 1.5, { generators });
  const result = await openLoop.run({ ...job, schedule: { ...job.schedule, process: 'poisson' } }, {});
  checkConserved(result);
  const requests = server.seen.map(({ method, path, body }) => `${method} ${path} ${body}`).toSorted();
  if (generators > 1) await server.close();
  return requests;
}

test('three generators send what one would have sent', async () => {
  const shared = await requestsOf(3);
  expect(shared.length).toBeGreaterThan(150);
  expect(await requestsOf(1)).toEqual(shared);
});

test('what several saw is told as if one had: phases, progress, seconds, health, and the log of writes', async () => {
  server = await startStub((_, response) => ok(response));
  const folder = await mkdtemp(join(tmpdir(), 'several-'));
  try {
    const writes_log = join(folder, 'writes.tsv');
    const workload = {
      ...WORKLOAD,
      classes: WORKLOAD.classes.map((template) =>
        template.class === 'write' ? { ...template, path: '/orders/${request.id}', record: true as const } : template,
      ),
    };
    const phase = { duration_s: 1, judged: true, pieces: [{ duration_s: 1, rate_per_s: 60, rate_end_per_s: 60 }] };
    const phases = [
      { ...phase, name: 'a' },
      { ...phase, name: 'b' },
    ];
    const more: Partial<LoadJob> = { generators: 2, connections: 31, in_flight_cap: 21, workload, writes_log };
    const job = steadyJob(server.url, 1, 1, { ...more, schedule: { process: 'uniform', seed: 1, phases } });
    const told: [string, number][] = [];
    const progress: Progress[] = [];
    const result = await openLoop.run(job, {
      onPhase: (name, at_s) => told.push([name, at_s]),
      onProgress: (figures) => progress.push(figures),
    });
    checkConserved(result);
    expect(told).toEqual([
      ['a', 0],
      ['b', 1],
      ['b', 2],
    ]);
    // What is told of a second that is just over may have a request of the next one in it.
    expect(progress).toHaveLength(2);
    for (const { rate_per_s } of progress) expect(Math.abs(rate_per_s - 60)).toBeLessThanOrEqual(3);
    expect(result.intervals.map(({ scheduled }) => scheduled)).toEqual([60, 60]);
    expect(result.generator.in_flight_cap).toBe(21);
    const ids = (await readFile(writes_log, 'utf8')).split('\n').flatMap((line) => line.split('\t')[0] || []);
    const seen = server.seen.flatMap(({ path }) => path.match(/^\/orders\/(.*)/)?.[1] ?? []);
    expect(ids.toSorted()).toEqual(seen.toSorted());
    expect(new Set(ids.map((id) => id.slice(0, 10))).size).toBe(2);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an abort stops all of them', async () => {
  server = await startStub((_, response) => ok(response));
  const abort = new AbortController();
  const job = steadyJob(server.url, 100, 3600, { generators: 3 });
  const result = await openLoop.run(job, { signal: abort.signal, onProgress: () => abort.abort() });
  checkConserved(result);
  expect(result.complete).toBe(false);
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test('when one of them dies the run fails, and the others end', async () => {
  server = await startStub((_, response) => ok(response));
  const entry = new URL('./testing/one-dies.ts', import.meta.url);
  const run = runJob(entry, steadyJob(server.url, 100, 3600, { generators: 2 }), {});
  await expect(run).rejects.toThrow(EngineError);
  await expect(run).rejects.toThrow(/exited with code 7 \d\.\d s into the schedule/);
  await vi.waitFor(() => expect(server.open()).toBe(0));
});

test.each([
  [0, /generators must be 1 to 64, not 0/],
  [1.5, /generators must be a whole number/],
  [65, /generators must be 1 to 64/],
])('refuses %s of them', async (generators, message) => {
  server = await startStub((_, response) => ok(response));
  await expect(openLoop.run(steadyJob(server.url, 1, 1, { generators }), {})).rejects.toThrow(message);
});
