import { afterEach, expect, test } from 'vitest';
import { checkConserved } from '../testing/check-conserved.ts';
import { steadyJob, withTimeout } from '../testing/jobs.ts';
import { ok, okAfter, startStub, type Answer, type Stub } from '../testing/stub-server.ts';
import { percentile } from '../../model/observation/histogram.ts';
import { responses } from '../testing/histograms.ts';
import { autocannon } from './autocannon.ts';

const stubs: Stub[] = [];
const stub = async (answer: Answer): Promise<Stub> => {
  const started = await startStub(answer);
  stubs.push(started);
  return started;
};
afterEach(async () => {
  for (const started of stubs.splice(0)) await started.close();
});
const closedJob = (url: string, duration_s: number) => steadyJob(url, 0, duration_s, { connections: 4 });

test('drives each phase with drawn requests of all classes, as fast as answers come', async () => {
  const server = await stub((_, response) => okAfter(response, 10));
  const job = closedJob(server.url, 1);
  const phases = ['a', 'b'].flatMap((name) => job.schedule.phases.map((phase) => ({ ...phase, name })));
  const told: string[] = [];
  const result = await autocannon.run(
    { ...job, schedule: { ...job.schedule, phases } },
    { onPhase: (phase) => told.push(phase) },
  );
  checkConserved(result);
  expect(told).toEqual(['a', 'b', 'b']);
  expect(new Set(result.classes.map((observed) => `${observed.class} ${observed.phase}`))).toEqual(
    new Set(['read a', 'write a', 'read b', 'write b']),
  );
  expect(result.totals.ok).toBeGreaterThan(20);
  // A closed loop of 4 connections at 10 ms an answer cannot make 808 in two seconds; twice that leaves room for a late stop.
  expect(result.totals.ok).toBeLessThan(2 * (2 * 4 * 101));
  expect(percentile(responses(result), 50)).toBeGreaterThan(9_000);
  expect(result.complete).toBe(true);
  expect(server.seen.some((request) => request.body.startsWith('{"product":'))).toBe(true);
  expect(result.generator.in_flight_cap).toBeUndefined();
});

test('http errors, resets and timeouts are counted as such', async () => {
  const server = await stub((request, response, n) => {
    if (n % 10 === 3) request.socket.resetAndDestroy();
    else if (n === 5) return;
    else if (n % 10 === 7) response.writeHead(500).end();
    else ok(response);
  });
  const job = { ...closedJob(server.url, 2), workload: withTimeout(1000) };
  const result = await autocannon.run(job, {});
  checkConserved(result);
  expect(result.totals.timeout).toBeGreaterThan(0);
  for (const count of ['ok', 'http_error', 'reset'] as const) expect(result.totals[count]).toBeGreaterThan(0);
});

test('an abort ends it early, and it claims no pace', async () => {
  const server = await stub((_, response) => okAfter(response, 5));
  const abort = new AbortController();
  const result = await autocannon.run(closedJob(server.url, 3600), {
    signal: abort.signal,
    onProgress: () => abort.abort(),
  });
  checkConserved(result);
  expect(result.complete).toBe(false);
  expect(result.totals.ok).toBeGreaterThan(0);
  expect(autocannon.claims).toMatchObject({ loop: 'closed', paces: false, survivesResets: false });
});

test('refuses other machines', async () => {
  await expect(autocannon.run(closedJob('http://192.0.2.1', 1), {})).rejects.toThrow(/this machine only/);
});
