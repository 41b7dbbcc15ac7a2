import type { ObservedEvent, ObservedOutage } from '../../../model/observation/observation.ts';
import type { Counters } from '../../counters.ts';
import type { Timeline } from '../../timeline.ts';
import { outageParts } from './outage-parts.ts';
import type { SeenOutage } from './outage-observer.ts';

/** Another server took over, in this order; or the same one came back; or it was there all the time and answered nobody. */
const TAKEN_OVER = ['detect', 'elect', 'promote', 'route', 'recover'];
const BACK = ['restart', 'recover'];
const BLOCKED = ['blocked'];

/** All parts that an outage may have. */
export const PARTS: readonly string[] = [...new Set([...TAKEN_OVER, ...BACK, ...BLOCKED])];

/** An outage with what it was an outage of. */
export interface NamedOutage {
  readonly of: string;
  readonly seen: SeenOutage;
}

/** The outage as an observation has it, with its parts. */
export function observedOutage({ of, seen }: NamedOutage, timeline: Timeline): ObservedOutage {
  const { before, ended_ms, seen_ms } = seen;
  return {
    of,
    began_at_s: timeline.at_s(before.at_ms),
    ended_at_s: timeline.at_s(ended_ms),
    parts: outageParts(before.at_ms, ended_ms, orderOf(seen), seen_ms),
  };
}

function orderOf({ before, after, seen_ms }: SeenOutage): readonly string[] {
  if (after ? after.by !== before.by : seen_ms.has('detect')) return TAKEN_OVER;
  return seen_ms.has('down') ? BACK : BLOCKED;
}

export function longestOf(outages: readonly NamedOutage[]): NamedOutage | undefined {
  return outages.toSorted((a, b) => duration_ms(b.seen) - duration_ms(a.seen))[0];
}

/** How many there were, and how long the longest was, with its parts; in seconds. */
export function outageCounters(prefix: string, outages: readonly NamedOutage[]): Counters {
  const longest = longestOf(outages);
  const parts = longest
    ? outageParts(longest.seen.before.at_ms, longest.seen.ended_ms, orderOf(longest.seen), longest.seen.seen_ms)
    : [];
  const named = parts.map(({ name, duration_s }) => [`${prefix}.${name}_s`, duration_s] as const);
  return {
    [`${prefix}.outages`]: outages.length,
    [`${prefix}.outage_s`]: longest ? duration_ms(longest.seen) / 1000 : 0,
    ...Object.fromEntries(named),
  };
}

/** What lasts on when the run is over has no length yet. */
export function unendedEvents(tier: string, outages: readonly NamedOutage[], timeline: Timeline): ObservedEvent[] {
  return outages
    .filter(({ seen }) => !seen.after)
    .map(({ of, seen }) => {
      return { at_s: timeline.at_s(seen.ended_ms), kind: 'outage-lasts', tier, detail: `${of} were not answered yet` };
    });
}

function duration_ms({ before, ended_ms }: SeenOutage): number {
  return ended_ms - before.at_ms;
}
