import { afterEach, expect, test } from 'vitest';
import { max, percentile } from '../../model/observation/histogram.ts';
import { checkConserved } from '../testing/check-conserved.ts';
import { responses, services } from '../testing/histograms.ts';
import { steadyJob, withTimeout } from '../testing/jobs.ts';
import { ok, okAfter, startStub, type Answer, type Stub } from '../testing/stub-server.ts';
import { openLoop } from './open-loop.ts';

const stubs: Stub[] = [];
const stub = async (answer: Answer): Promise<Stub> => {
  const started = await startStub(answer);
  stubs.push(started);
  return started;
};
afterEach(async () => {
  for (const started of stubs.splice(0)) await started.close();
});

test('a server that works: everything is sent, answered and counted, in its class and second', async () => {
  const server = await stub((_, response) => ok(response));
  const result = await openLoop.run(steadyJob(server.url, 300, 2), {});
  checkConserved(result);
  expect(result.complete).toBe(true);
  expect(result.totals).toMatchObject({ scheduled: 600, http_error: 0, timeout: 0, reset: 0, in_flight_at_end: 0 });
  expect(server.seen).toHaveLength(result.totals.sent);
  expect(result.intervals.map((interval) => interval.scheduled)).toEqual([300, 300]);
  const reads = server.seen.filter((request) => request.method === 'GET');
  expect(result.classes.find((observed) => observed.class === 'read')?.sent).toBe(reads.length);
  expect(reads.every((request) => /^\/products\/\d+$/.test(request.path))).toBe(true);
  expect(server.seen.filter((request) => request.method === 'POST').map((request) => request.body)).toContain(
    '{"product":0}',
  );
});

test('errors by status are http errors and stay in the distribution', async () => {
  const server = await stub((_, response, n) => {
    response.statusCode = n % 4 === 0 ? 503 : 200;
    response.end();
  });
  const result = await openLoop.run(steadyJob(server.url, 200, 1), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 200, dropped: 0, ok: 150, http_error: 50 });
  const statuses = result.classes.map((observed) => observed.statuses['503'] ?? 0);
  expect(statuses.reduce((sum, n) => sum + n)).toBe(50);
});

test('one reset in five touches no other request', async () => {
  const server = await stub((request, response, n) => {
    if (n % 5 === 4) request.socket.destroy();
    else okAfter(response, 20);
  });
  const result = await openLoop.run(steadyJob(server.url, 200, 2), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 400, dropped: 0, timeout: 0, http_error: 0 });
  expect(result.totals.reset).toBe(80);
  expect(server.seen).toHaveLength(400);
  // The other four fifths take what the server takes; autocannon 9 reports nine times that here.
  expect(percentile(responses(result), 50)).toBeLessThan(3 * 20_000);
});

test('an answer after the timeout is a timeout at its deadline, and a lower bound', async () => {
  const server = await stub((_, response) => okAfter(response, 700));
  const result = await openLoop.run(steadyJob(server.url, 50, 1, { workload: withTimeout(200), connections: 200 }), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 50, dropped: 0, timeout: 50 });
  expect(max(services(result)) / 200_000).toBeLessThan(1.001);
  expect(percentile(responses(result), 0) / 200_000).toBeGreaterThan(0.999);
});

test('a body that ends too early is a reset, not an ok', async () => {
  const server = await stub((request, response, n) => {
    if (n % 2 === 1) {
      ok(response);
      return;
    }
    response.writeHead(200, { 'content-length': '1000' });
    response.write('too short', () => request.socket.end());
  });
  const result = await openLoop.run(steadyJob(server.url, 100, 1), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 100, dropped: 0, ok: 50, reset: 50 });
});

test('connections refused: every attempt a reset, the rest dropped while connections rest', async () => {
  const gone = await startStub((_, response) => ok(response));
  await gone.close();
  const result = await openLoop.run(steadyJob(gone.url, 200, 1, { connections: 4 }), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 200, ok: 0, http_error: 0, timeout: 0, in_flight_at_end: 0 });
  expect(result.totals.reset).toBeGreaterThan(0);
  // Without back-off all 200 would have been tried.
  expect(result.totals.dropped).toBeGreaterThan(50);
});

test('a server that slows down more and more loses no request', async () => {
  const server = await stub((_, response, n) => okAfter(response, n * 2));
  const result = await openLoop.run(steadyJob(server.url, 150, 2, { connections: 300 }), {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 300, dropped: 0, ok: 300 });
  const [early = 0, late = 0] = result.intervals.map((interval) => interval.response_us.p50);
  expect(late).toBeGreaterThan(early);
});

test('at the cap of requests in flight arrivals are dropped, not kept', async () => {
  const server = await stub(() => {});
  const job = steadyJob(server.url, 100, 1, { in_flight_cap: 5, drain_s: 0.2 });
  const result = await openLoop.run(job, {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 100, sent: 5, dropped: 95, in_flight_at_end: 5 });
  expect(result.intervals[0]?.in_flight).toBe(5);
  expect(result.generator.in_flight_cap).toBe(5);
});

test('without a free connection arrivals are dropped, and no burst follows', async () => {
  const server = await stub((_, response, n) => okAfter(response, n < 10 ? 500 : 0));
  const result = await openLoop.run(steadyJob(server.url, 100, 2, { connections: 10 }), {});
  checkConserved(result);
  expect(result.totals.dropped).toBeGreaterThan(20);
  for (const interval of result.intervals) expect(interval.sent).toBeLessThan(120);
});
