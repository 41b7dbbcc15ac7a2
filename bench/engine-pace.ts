import { openLoop } from '../engines/open-loop/open-loop.ts';
import type { LoadJob, LoadResult } from '../engines/engine.ts';
import { conservationProblems } from '../model/observation/conservation.ts';
import type { Workload } from '../model/workload/workload.ts';
import { startNullServer } from './engine-nginx.ts';

/** Reads and writes with drawn keys, as in a real run, so that drawing and rendering are paid for. */
const WORKLOAD: Workload = {
  classes: [
    {
      class: 'read',
      share: 0.8,
      method: 'GET',
      path: '/products/${products.id}',
      headers: { accept: 'application/json' },
      accept: [200],
      timeout_ms: 5000,
    },
    {
      class: 'write',
      share: 0.2,
      method: 'POST',
      path: '/orders',
      headers: {},
      body: '{"product":"${products.id:number}","name":"${products.name}"}',
      accept: [200],
      timeout_ms: 5000,
    },
  ],
  feeds: {
    products: {
      pick: 'zipf',
      exponent: 1,
      columns: ['id', 'name'],
      rows: Array.from({ length: 10_000 }, (_, i) => [String(i), `product ${i}`]),
    },
  },
};

export interface PaceFigures {
  readonly scheduled: number;
  readonly sent: number;
  readonly dropped: number;
  readonly send_lag_p50_ms: number;
  readonly send_lag_p99_ms: number;
  readonly send_lag_max_ms: number;
  /** Largest |sent / rate - 1| of any second. */
  readonly worst_second: number;
  readonly conserved: boolean;
  /** nginx's count / sent - 1. */
  readonly nginx_difference: number;
  readonly generator_cores: number;
  readonly generator_memory_mb: number;
  readonly gc_pause_ms_max: number;
  readonly sockets: number;
}

/** A constant rate, evenly spaced. */
export function paceJob(base_url: string, rate_per_s: number, seconds: number): LoadJob {
  const piece = { duration_s: seconds, rate_per_s, rate_end_per_s: rate_per_s };
  const phase = { name: 'pace', duration_s: seconds, judged: true, pieces: [piece] };
  return {
    base_url,
    workload: WORKLOAD,
    schedule: { process: 'uniform', seed: 1, phases: [phase] },
    connections: 256,
    in_flight_cap: 256,
    drain_s: 5,
  };
}

/** Drives nginx with a fixed answer at a constant rate and says how well the engine kept to it. */
export async function measurePace(rate_per_s: number, seconds: number): Promise<PaceFigures> {
  const server = await startNullServer();
  try {
    const before = await server.requests();
    const result = await openLoop.run(paceJob(server.url, rate_per_s, seconds), {});
    return figuresOf(result, (await server.requests()) - before, rate_per_s);
  } finally {
    await server.stop();
  }
}

function figuresOf(result: LoadResult, counted: number, rate_per_s: number): PaceFigures {
  const { totals, generator } = result;
  return {
    scheduled: totals.scheduled,
    sent: totals.sent,
    dropped: totals.dropped,
    send_lag_p50_ms: generator.send_lag_us.p50 / 1000,
    send_lag_p99_ms: generator.send_lag_us.p99 / 1000,
    send_lag_max_ms: generator.send_lag_us.max / 1000,
    worst_second: Math.max(...result.intervals.map((interval) => Math.abs(interval.sent / rate_per_s - 1))),
    conserved: conservationProblems(totals).length === 0,
    nginx_difference: counted / totals.sent - 1,
    generator_cores: generator.cpu_cores,
    generator_memory_mb: generator.memory_bytes_max / 1e6,
    gc_pause_ms_max: generator.gc_pause_ms_max,
    sockets: generator.sockets_max,
  };
}
