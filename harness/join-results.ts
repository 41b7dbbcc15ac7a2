import type { LoadResult } from '../engines/engine.ts';
import { addConservation } from '../model/observation/conservation.ts';
import type { GeneratorHealth } from '../model/observation/observation.ts';

type Joined = Pick<
  LoadResult,
  'intervals' | 'classes' | 'journeys' | 'totals' | 'generator' | 'complete' | 'incompleteBecause'
>;

/** Puts the results of consecutive jobs on one time line: intervals shifted, totals added, the generator at its worst. */
export function joinResults(parts: readonly { readonly offset_s: number; readonly result: LoadResult }[]): Joined {
  const results = parts.map(({ result }) => result);
  const incomplete = results.find((result) => !result.complete);
  return {
    intervals: parts.flatMap(({ offset_s, result }) =>
      result.intervals.map((interval) => ({ ...interval, start_s: interval.start_s + offset_s })),
    ),
    classes: results.flatMap((result) => result.classes),
    ...(results.some(({ journeys }) => journeys) && { journeys: results.flatMap(({ journeys = [] }) => journeys) }),
    totals: addConservation(results.map((result) => result.totals)),
    generator: worst(results.map((result) => result.generator)),
    complete: incomplete === undefined,
    ...(incomplete?.incompleteBecause === undefined ? {} : { incompleteBecause: incomplete.incompleteBecause }),
  };
}

function worst(parts: readonly GeneratorHealth[]): GeneratorHealth {
  const most = (of: (health: GeneratorHealth) => number): number => Math.max(...parts.map(of));
  const cap = parts[0]?.in_flight_cap;
  return {
    send_lag_us: {
      p50: most((health) => health.send_lag_us.p50),
      p99: most((health) => health.send_lag_us.p99),
      max: most((health) => health.send_lag_us.max),
    },
    cpu_cores: most((health) => health.cpu_cores),
    event_loop_utilisation: most((health) => health.event_loop_utilisation),
    gc_pause_ms_max: most((health) => health.gc_pause_ms_max),
    memory_bytes_max: most((health) => health.memory_bytes_max),
    sockets_max: most((health) => health.sockets_max),
    ...(cap === undefined ? {} : { in_flight_cap: cap }),
  };
}
