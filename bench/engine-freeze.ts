import { createServer } from 'node:http';
import { openLoop } from '../engines/open-loop/open-loop.ts';
import {
  createHistogram,
  decode,
  max,
  merge,
  percentile,
  record,
  type Histogram,
} from '../model/observation/histogram.ts';
import { createArrivals } from '../model/workload/arrivals.ts';
import type { Schedule } from '../model/workload/workload.ts';

const SERVICE_MS = 50;
const FREEZE_MS = { from: 4000, to: 5000 };

export interface FreezeFigures {
  readonly name: string;
  readonly analytic_ms: number;
  readonly measured_ms: number;
  /** Measured / analytic - 1. */
  readonly deviation: number;
}

const delay_ms = (at_ms: number): number =>
  SERVICE_MS + (at_ms >= FREEZE_MS.from && at_ms < FREEZE_MS.to ? FREEZE_MS.to - at_ms : 0);

const SCHEDULE: Schedule = {
  process: 'uniform',
  seed: 1,
  phases: [
    {
      name: 'freeze',
      duration_s: 10,
      judged: true,
      pieces: [{ duration_s: 10, rate_per_s: 200, rate_end_per_s: 200 }],
    },
  ],
};

/** 200 requests/s for 10 s against a server that takes 50 ms and freezes once for 1 s: measured against arithmetic. */
export async function measureFreeze(): Promise<FreezeFigures[]> {
  let first_ms: number | undefined;
  const server = createServer((_, response) => {
    const now_ms = performance.now();
    first_ms ??= now_ms;
    setTimeout(() => response.end('{}'), delay_ms(now_ms - first_ms));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const template = {
    class: 'get',
    share: 1,
    method: 'GET',
    path: '/',
    headers: {},
    accept: [200],
    timeout_ms: 5000,
  } as const;
  const result = await openLoop.run(
    {
      base_url: `http://127.0.0.1:${port}`,
      workload: { classes: [template], feeds: {} },
      schedule: SCHEDULE,
      connections: 400,
      in_flight_cap: 400,
      drain_s: 5,
    },
    {},
  );
  server.closeAllConnections();
  server.close();
  const measured = createHistogram();
  for (const observed of result.classes) merge(measured, decode(observed.response_us));
  return compare(analytic(), measured);
}

function analytic(): Histogram {
  const expected = createHistogram();
  const arrivals = createArrivals(SCHEDULE);
  for (let first_us = -1; arrivals.advance();) {
    if (first_us < 0) first_us = arrivals.at_us;
    record(expected, delay_ms((arrivals.at_us - first_us) / 1000) * 1000);
  }
  return expected;
}

function compare(expected: Histogram, measured: Histogram): FreezeFigures[] {
  const figures: readonly (readonly [string, (histogram: Histogram) => number])[] = [
    ['p50', (histogram) => percentile(histogram, 50)],
    ['p99', (histogram) => percentile(histogram, 99)],
    ['max', max],
  ];
  return figures.map(([name, figure]) => {
    const [analytic_ms, measured_ms] = [figure(expected) / 1000, figure(measured) / 1000];
    return { name, analytic_ms, measured_ms, deviation: measured_ms / analytic_ms - 1 };
  });
}
