import type { Workload } from '../../model/workload/workload.ts';
import type { LoadJob } from '../engine.ts';

/** One class of reads, two thirds, and one of writes; ids drawn from a hundred rows. */
export const WORKLOAD: Workload = {
  classes: [
    {
      class: 'read',
      share: 2 / 3,
      method: 'GET',
      path: '/products/${products.id}',
      headers: { accept: 'application/json' },
      accept: [200],
      timeout_ms: 5000,
    },
    {
      class: 'write',
      share: 1 / 3,
      method: 'POST',
      path: '/orders',
      headers: {},
      body: '{"product":"${products.id:number}"}',
      accept: [200, 201],
      timeout_ms: 5000,
    },
  ],
  feeds: {
    products: {
      pick: 'zipf',
      exponent: 1,
      columns: ['id'],
      rows: Array.from({ length: 100 }, (_, i) => [String(i)]),
    },
  },
};

export function withTimeout(timeout_ms: number): Workload {
  return { ...WORKLOAD, classes: WORKLOAD.classes.map((template) => ({ ...template, timeout_ms })) };
}

/** A job of one phase at a constant rate; the rest can be overridden. */
export function steadyJob(
  base_url: string,
  rate_per_s: number,
  duration_s: number,
  more: Partial<LoadJob> = {},
): LoadJob {
  const piece = { duration_s, rate_per_s, rate_end_per_s: rate_per_s };
  const phase = { name: 'steady', duration_s, judged: true, pieces: [piece] };
  return {
    base_url,
    workload: WORKLOAD,
    schedule: { process: 'uniform', seed: 1, phases: [phase] },
    connections: 256,
    in_flight_cap: 1000,
    drain_s: 5,
    ...more,
  };
}
