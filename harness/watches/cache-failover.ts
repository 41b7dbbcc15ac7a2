import type { Findings, Watch } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import type { Timeline } from '../timeline.ts';
import { probedSlots } from './cache-failover/probed-slots.ts';
import { SlotLookout } from './cache-failover/slot-lookout.ts';
import { SlotProber } from './cache-failover/slot-prober.ts';
import { longestOf, observedOutage, outageCounters, PARTS, unendedEvents } from './outages/outage-findings.ts';
import type { NamedOutage } from './outages/outage-findings.ts';
import { OutageObserver } from './outages/outage-observer.ts';

/** How long slots of a cache are not served, and why: who noticed what when. */
export const cacheFailover: Watch = {
  name: 'cache-failover',
  title: 'how long keys of a cache cannot be set, in the parts of a failover',
  classes: [],
  counters: ['cache_failover.outages', 'cache_failover.outage_s', ...PARTS.map((part) => `cache_failover.${part}_s`)],
  async start(site) {
    const slots = await probedSlots(site);
    if (slots.length === 0) throw new RunError('the stack has no cache', 'leave out the watch `cache-failover`');
    const watched = slots.map((slot) => ({
      tier: slot.tier,
      of: slot.slot === undefined ? `keys of ${slot.tier}` : `slot ${slot.slot} of ${slot.tier}`,
      observer: new OutageObserver(new SlotProber(slot), new SlotLookout(slot)),
    }));
    try {
      await Promise.all(watched.map(({ observer }) => observer.start()));
    } catch (error) {
      await Promise.all(watched.map(({ observer }) => observer.stop()));
      throw error;
    }
    return { finish: (timeline) => finish(watched, timeline) };
  },
};

interface Watched {
  readonly tier: string;
  readonly of: string;
  readonly observer: OutageObserver;
}

async function finish(watched: readonly Watched[], timeline: Timeline): Promise<Findings> {
  const found = await Promise.all(
    watched.map(async ({ tier, of, observer }) => {
      return { tier, outages: (await observer.stop()).map((seen): NamedOutage => ({ of, seen })) };
    }),
  );
  const outages = found.flatMap((each) => each.outages);
  const longest = longestOf(outages);
  const tier = found.find((each) => longest && each.outages.includes(longest))?.tier ?? '';
  return {
    counters: outageCounters('cache_failover', outages),
    outages: outages.map((outage) => observedOutage(outage, timeline)),
    events: unendedEvents(tier, outages, timeline),
  };
}
