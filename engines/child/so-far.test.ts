import { afterEach, expect, test } from 'vitest';
import { decode, percentile, sampleCount } from '../../model/observation/histogram.ts';
import type { SoFar } from '../engine.ts';
import { openLoop } from '../open-loop/open-loop.ts';
import { steadyJob } from '../testing/jobs.ts';
import { ok, startStub, type Stub } from '../testing/stub-server.ts';

let server: Stub;
afterEach(() => server.close());

test.each([1, 2])('what %i saw so far is told second by second, and adds up each time', async (generators) => {
  server = await startStub((_, response) => ok(response));
  const told: SoFar[] = [];
  const job = steadyJob(server.url, 120, 3, { generators, so_far_every_s: 1 });
  const result = await openLoop.run(job, { onSoFar: (seen) => told.push(seen) });
  expect(told.length).toBeGreaterThanOrEqual(2);
  for (const seen of told) {
    const { scheduled, sent, dropped, ok: answered, in_flight_at_end } = seen.totals;
    expect(scheduled).toBe(sent + dropped);
    expect(sent).toBe(answered + in_flight_at_end);
    expect(seen.classes.reduce((sum, { sent: of }) => sum + of, 0)).toBe(sent);
    const samples = seen.classes.reduce((sum, { response_us }) => sum + sampleCount(decode(response_us)), 0);
    expect(samples).toBe(answered);
  }
  expect(told.map(({ totals }) => totals.sent)).toEqual(
    told.map(({ totals }) => totals.sent).toSorted((a, b) => a - b),
  );
  const last = told.at(-1);
  expect(new Set(last?.classes.map((each) => each.class))).toEqual(new Set(['read', 'write']));
  expect(last?.intervals.length).toBeGreaterThanOrEqual(1);
  const final = result.classes.find((each) => each.class === 'read');
  const seen = last?.classes.find((each) => each.class === 'read');
  expect(percentile(decode(seen?.response_us ?? ''), 100)).toBeLessThanOrEqual(
    percentile(decode(final?.response_us ?? ''), 100),
  );
});

test('nothing is told of what nobody asked for', async () => {
  server = await startStub((_, response) => ok(response));
  const told: SoFar[] = [];
  await openLoop.run(steadyJob(server.url, 50, 2), { onSoFar: (seen) => told.push(seen) });
  expect(told).toEqual([]);
});
