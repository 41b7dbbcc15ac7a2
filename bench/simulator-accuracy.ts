import { mm1ResponsePercentile } from '../model/laws/queueing/mm1.ts';
import { replicationInterval } from '../model/simulator/statistics/replication-interval.ts';
import { exponential, station } from '../model/simulator/testing/systems.ts';
import { plainStyle } from '../reports/style.ts';
import { table } from '../reports/table.ts';
import { responses, stationOf } from '../tests/simulator/figures.ts';
import { QUEUES, SERVICE_S, atRate, offered } from '../tests/simulator/queues.ts';

// How near the simulator comes to theory where the tests would take too long: nearly full servers, and the tail at ρ = 0.9.
const REPLICATIONS = 10;
const CUSTOMERS = 2_000_000;
const RHO = 0.95;
const TARGET = 0.02;

interface Row {
  readonly queue: string;
  readonly figure: string;
  /** Of each replication, as a share of what the law says of its own arrivals and mean service time. */
  readonly deviations: readonly number[];
}

function replicate(queue: string, figure: string, once: (seed: number) => number): Row {
  return { queue, figure, deviations: Array.from({ length: REPLICATIONS }, (_, i) => once(i + 1)) };
}

const means = QUEUES.map(({ name, system, servers, law }) =>
  replicate(name, `mean response at ρ = ${RHO}`, (seed) => {
    const found = atRate(system, (RHO * servers) / SERVICE_S, CUSTOMERS, seed);
    return stationOf(found, 'station').residence_s / law(...offered(found, servers)).response_s - 1;
  }),
);
const tail = replicate('M/M/1', 'p99 of the response at ρ = 0.9', (seed) => {
  const found = atRate(station(exponential(SERVICE_S)), 0.9 / SERVICE_S, CUSTOMERS, seed);
  return responses(found).percentile_s(99) / mm1ResponsePercentile(...offered(found, 1), 0.99) - 1;
});

const rows = [...means, tail].map(({ queue, figure, deviations }) => {
  const { mean, halfWidth95 } = replicationInterval(deviations);
  const off = `${(100 * mean).toFixed(2)} % ± ${(100 * (halfWidth95 ?? 0)).toFixed(2)} %`;
  return [queue, figure, off, Math.abs(mean) <= TARGET ? 'yes' : 'NO'];
});
const columns = ['queue', 'figure', 'off the law', `within ${100 * TARGET} %`].map((title) => ({ title }));
process.stdout.write(
  `${REPLICATIONS} replications of ${CUSTOMERS.toLocaleString('en')} customers\n` +
    `${table({ columns, rows, width: 100, style: plainStyle })}\n`,
);
