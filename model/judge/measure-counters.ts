import { nearest } from '../document/nearest.ts';
import type { Observation, ObservedPhase } from '../observation/observation.ts';
import { wilson } from './intervals.ts';
import type { Measurement } from './measurement.ts';
import { classesOf, isNoData, sumOf, windowOf } from './window.ts';
import type { NoData } from './window.ts';

/** part / (part + rest), e.g. cache hits among look-ups, with Wilson's interval. */
export function measureRatio(phases: readonly ObservedPhase[], part: string, rest: string): Measurement | NoData {
  const hits = counterOf(phases, part);
  if (typeof hits !== 'number') return hits;
  const others = counterOf(phases, rest);
  if (typeof others !== 'number') return others;
  const samples = hits + others;
  if (samples === 0) return { noData: `\`${part}\` and \`${rest}\` counted nothing in the window` };
  return {
    value: hits / samples,
    unit: 'share',
    samples,
    interval95: wilson(hits, samples),
    censored: false,
    window: windowOf(phases),
  };
}

/** Counter per ok answer, e.g. database queries per request. Counted, not sampled: no interval. */
export function measurePerRequest(
  observation: Observation,
  phases: readonly ObservedPhase[],
  counter: string,
): Measurement | NoData {
  const count = counterOf(phases, counter);
  if (typeof count !== 'number') return count;
  const { ok } = requestsOf(observation, phases);
  if (ok === 0) return { noData: 'no request was answered ok in the window' };
  return { value: count / ok, unit: 'count/req', samples: ok, censored: false, window: windowOf(phases) };
}

/** What a counter counted in the window. Without any request it says nothing, so a zero cannot pass then. */
export function measureCounter(
  observation: Observation,
  phases: readonly ObservedPhase[],
  counter: string,
  phase?: string,
): Measurement | NoData {
  // What belongs to the run as a whole says nothing of one phase.
  const whole = phase === undefined ? observation.counters?.[counter] : undefined;
  const value = whole ?? counterOf(phases, counter);
  if (typeof value !== 'number') return value;
  const { sent } = requestsOf(observation, phases);
  if (sent === 0) return { noData: 'no request was sent in the window' };
  return { value, unit: 'count', samples: sent, censored: false, window: windowOf(phases) };
}

/** Sum over the phases; a phase without the counter makes the sum unknown, not smaller. */
function counterOf(phases: readonly ObservedPhase[], counter: string): number | NoData {
  let sum = 0;
  for (const phase of phases) {
    const count = phase.counters[counter];
    if (count === undefined) {
      const near = nearest(counter, Object.keys(phase.counters));
      const noData = `phase \`${phase.name}\` has no counter \`${counter}\``;
      return near ? { noData, help: `did you mean \`${near}\`?` } : { noData };
    }
    sum += count;
  }
  return sum;
}

function requestsOf(observation: Observation, phases: readonly ObservedPhase[]): { ok: number; sent: number } {
  const classes = classesOf(observation, phases);
  return isNoData(classes) ? { ok: 0, sent: 0 } : sumOf(classes);
}
