import type { Engine, LoadResult } from '../engines/engine.ts';
import { k6 } from '../engines/k6/k6.ts';
import { openLoop } from '../engines/open-loop/open-loop.ts';
import { services } from '../engines/testing/histograms.ts';
import { steadyJob } from '../engines/testing/jobs.ts';
import { okAfter, startStub } from '../engines/testing/stub-server.ts';
import { percentile } from '../model/observation/histogram.ts';
import type { Figure } from './engines.ts';

const SERVICE_MS = 50;
const CONNECTIONS = 64;
const THROUGHPUT_TOLERANCE = 0.03;
const P95_TOLERANCE = 0.1;

interface Seen {
  readonly ok_per_s: number;
  readonly p95_ms: number;
}

/** The same load from two generators that have no code in common, on a server that takes 50 ms. k6 knows service times alone. */
export async function compareEngines(rate_per_s: number, seconds: number): Promise<Figure[]> {
  const own = await drive(openLoop, rate_per_s, seconds);
  const other = await drive(k6, rate_per_s, seconds);
  return [
    compared('throughput, k6 / open-loop', own.ok_per_s, other.ok_per_s, 'req/s', THROUGHPUT_TOLERANCE),
    compared('p95 of service time, k6 / open-loop', own.p95_ms, other.p95_ms, 'ms', P95_TOLERANCE),
  ];
}

async function drive(engine: Engine, rate_per_s: number, seconds: number): Promise<Seen> {
  const server = await startStub((_, response) => okAfter(response, SERVICE_MS));
  try {
    const result = await engine.run(steadyJob(server.url, rate_per_s, seconds, { connections: CONNECTIONS }), {});
    return seen(result, seconds);
  } finally {
    await server.close();
  }
}

function seen(result: LoadResult, seconds: number): Seen {
  return { ok_per_s: result.totals.ok / seconds, p95_ms: percentile(services(result), 95) / 1000 };
}

function compared(figure: string, own: number, other: number, unit: string, tolerance: number): Figure {
  const deviation = other / own - 1;
  return {
    figure,
    measured: `${other.toFixed(1)} / ${own.toFixed(1)} ${unit} (${(deviation * 100).toFixed(1)} %)`,
    target: `within ${tolerance * 100} %`,
    met: Math.abs(deviation) <= tolerance,
  };
}
