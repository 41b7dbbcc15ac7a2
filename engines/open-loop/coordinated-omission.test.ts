import { afterEach, expect, test } from 'vitest';
import { createHistogram, max, percentile, record } from '../../model/observation/histogram.ts';
import { createArrivals } from '../../model/workload/arrivals.ts';
import { checkConserved } from '../testing/check-conserved.ts';
import { responses } from '../testing/histograms.ts';
import { steadyJob } from '../testing/jobs.ts';
import { okAfter, startStub, type Stub } from '../testing/stub-server.ts';
import { openLoop } from './open-loop.ts';

const SERVICE_MS = 50;
const FREEZE_FROM_MS = 1000;
const FREEZE_TO_MS = 2000;
/** For a machine that has other things to do: wakes come late, never early. */
const NOISE_US = 100_000;

let server: Stub | undefined;
afterEach(async () => {
  await server?.close();
});

/** A request that arrives while the server is frozen waits for the rest of the freeze, then takes its 50 ms. */
const delay_ms = (at_ms: number): number =>
  SERVICE_MS + (at_ms >= FREEZE_FROM_MS && at_ms < FREEZE_TO_MS ? FREEZE_TO_MS - at_ms : 0);

test('a freeze of one second shows in the response times as it would to users who keep coming', async () => {
  server = await startStub((_, response, _n, at_ms) => okAfter(response, delay_ms(at_ms)));
  const job = steadyJob(server.url, 200, 4, { connections: 800 });
  const result = await openLoop.run(job, {});
  checkConserved(result);
  expect(result.totals).toMatchObject({ scheduled: 800, dropped: 0, ok: 800 });

  const expected = createHistogram();
  const arrivals = createArrivals(job.schedule);
  for (let first_us = -1; arrivals.advance();) {
    if (first_us < 0) first_us = arrivals.at_us;
    record(expected, delay_ms((arrivals.at_us - first_us) / 1000) * 1000);
  }
  const measured = responses(result);
  for (const figure of [max, (h: typeof measured) => percentile(h, 99), (h: typeof measured) => percentile(h, 50)]) {
    const analytic_us = figure(expected);
    expect(figure(measured)).toBeGreaterThan(analytic_us * 0.95);
    expect(figure(measured)).toBeLessThan(analytic_us * 1.05 + NOISE_US);
  }
  // A closed loop would have put p99 at 50 ms: a handful of requests would have met the freeze.
  expect(percentile(expected, 99)).toBeGreaterThan(900_000);
});
