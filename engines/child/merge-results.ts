import { decode, encode, merge } from '../../model/observation/histogram.ts';
import { addConservation } from '../../model/observation/conservation.ts';
import type { ClassObservation, GeneratorHealth } from '../../model/observation/observation.ts';
import type { FinalResult } from './messages.ts';

/**
 * What several generators saw of a job that they shared, as if one had: counts added up, histograms merged. The generator's health is
 * the worst of them where one suffices to spoil a figure (lag, event loop, collections), and the sum of what they used.
 */
export function mergeResults(results: readonly FinalResult[]): FinalResult {
  const [first, ...more] = results;
  if (!first) throw new Error('there is no result to merge');
  if (more.length === 0) return first;
  const incomplete = results.find(({ complete }) => !complete);
  return {
    started_at_ms: first.started_at_ms,
    classes: mergeClasses(results.flatMap(({ classes }) => classes)),
    ...(first.journeys && { journeys: mergeClasses(results.flatMap(({ journeys = [] }) => journeys)) }),
    totals: addConservation(results.map(({ totals }) => totals)),
    generator: mergeHealth(results.map(({ generator }) => generator)),
    complete: incomplete === undefined,
    ...(incomplete?.incompleteBecause !== undefined && { incompleteBecause: incomplete.incompleteBecause }),
  };
}

function mergeClasses(all: readonly ClassObservation[]): ClassObservation[] {
  const cells = Map.groupBy(all, ({ class: name, phase }) => JSON.stringify([phase, name]));
  return [...cells.values()].map((cell) => cell.reduce(addClasses));
}

function addClasses(a: ClassObservation, b: ClassObservation): ClassObservation {
  return {
    class: a.class,
    phase: a.phase,
    scheduled: a.scheduled + b.scheduled,
    sent: a.sent + b.sent,
    dropped: a.dropped + b.dropped,
    ok: a.ok + b.ok,
    http_error: a.http_error + b.http_error,
    timeout: a.timeout + b.timeout,
    reset: a.reset + b.reset,
    statuses: sumStatuses(a.statuses, b.statuses),
    response_us: addHistograms(a.response_us, b.response_us),
    service_us: addHistograms(a.service_us, b.service_us),
    censored: a.censored + b.censored,
  };
}

export function sumStatuses(a: ClassObservation['statuses'], b: ClassObservation['statuses']): Record<string, number> {
  const sum = { ...a };
  for (const [status, count] of Object.entries(b)) sum[status] = (sum[status] ?? 0) + count;
  return sum;
}

function addHistograms(a: string, b: string): string {
  const sum = decode(a);
  merge(sum, decode(b));
  return encode(sum);
}

export function mergeHealth(parts: readonly GeneratorHealth[]): GeneratorHealth {
  const worst = (of: (health: GeneratorHealth) => number): number => Math.max(...parts.map(of));
  const sum = (of: (health: GeneratorHealth) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const caps = parts.flatMap(({ in_flight_cap }) => in_flight_cap ?? []);
  return {
    send_lag_us: {
      p50: worst(({ send_lag_us }) => send_lag_us.p50),
      p99: worst(({ send_lag_us }) => send_lag_us.p99),
      max: worst(({ send_lag_us }) => send_lag_us.max),
    },
    cpu_cores: sum(({ cpu_cores }) => cpu_cores),
    event_loop_utilisation: worst(({ event_loop_utilisation }) => event_loop_utilisation),
    gc_pause_ms_max: worst(({ gc_pause_ms_max }) => gc_pause_ms_max),
    memory_bytes_max: sum(({ memory_bytes_max }) => memory_bytes_max),
    sockets_max: sum(({ sockets_max }) => sockets_max),
    ...(caps.length > 0 && { in_flight_cap: caps.reduce((total, cap) => total + cap, 0) }),
  };
}
