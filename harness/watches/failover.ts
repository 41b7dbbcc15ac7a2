import { readWritesLog } from '../checks/writes/writes-log.ts';
import type { Counters } from '../counters.ts';
import type { Findings, Site, Watch } from '../instruments.ts';
import type { Timeline as RunTimeline } from '../timeline.ts';
import { DatabaseLookout } from './failover/database-lookout.ts';
import { timelinesOf, walLost_bytes } from './failover/wal-lost.ts';
import { watchedDatabases } from './failover/watched-databases.ts';
import type { Timeline, WatchedDatabase } from './failover/watched-databases.ts';
import { WriteProber } from './failover/write-prober.ts';
import { clientsOutage_s } from './outages/clients-outage.ts';
import { longestOf, observedOutage, outageCounters, PARTS, unendedEvents } from './outages/outage-findings.ts';
import type { NamedOutage } from './outages/outage-findings.ts';
import { OutageObserver } from './outages/outage-observer.ts';

interface Observed {
  readonly database: WatchedDatabase;
  readonly observer: OutageObserver;
  readonly timelines: readonly Timeline[];
}

/** How long databases take no writes, and why: who noticed what when. */
export const failover: Watch = {
  name: 'failover',
  title: 'how long a database takes no writes, in the parts of a failover',
  classes: [],
  counters: [
    'failover.outages',
    'failover.outage_s',
    ...PARTS.map((part) => `failover.${part}_s`),
    'failover.clients_outage_s',
    'failover.wal_lost_bytes',
  ],
  async start(site) {
    const watched: Observed[] = [];
    const stop = (): Promise<unknown> => Promise.all(watched.map(({ observer }) => observer.stop()));
    try {
      for (const database of watchedDatabases(site)) watched.push(await observe(database));
    } catch (error) {
      await stop();
      throw error;
    }
    return { finish: (timeline) => finish(watched, site, timeline) };
  },
};

async function observe(database: WatchedDatabase): Promise<Observed> {
  const observer = new OutageObserver(new WriteProber(database.write_url), new DatabaseLookout(database));
  const timelines = await timelinesOf(database);
  try {
    await observer.start();
  } catch (error) {
    await observer.stop();
    throw error;
  }
  return { database, observer, timelines };
}

async function finish(watched: readonly Observed[], site: Site, timeline: RunTimeline): Promise<Findings> {
  const found = await Promise.all(
    watched.map(async (each) => {
      const seen = await each.observer.stop();
      const of = watched.length === 1 ? 'writes' : `writes to ${each.database.name}`;
      return { ...each, outages: seen.map((outage): NamedOutage => ({ of, seen: outage })) };
    }),
  );
  const outages = found.flatMap((each) => each.outages);
  const longest = longestOf(outages);
  const hit = found.find((each) => longest && each.outages.includes(longest));
  const lost_bytes = hit && longest ? await walLost_bytes(hit.database, longest.seen, hit.timelines) : undefined;
  return {
    counters: {
      ...outageCounters('failover', outages),
      ...(await clientsCounter(longest, site)),
      ...(lost_bytes === undefined ? {} : { 'failover.wal_lost_bytes': lost_bytes }),
    },
    outages: outages.map((outage) => observedOutage(outage, timeline)),
    events: unendedEvents(hit?.database.name ?? '', outages, timeline),
  };
}

async function clientsCounter(longest: NamedOutage | undefined, { writes_log }: Site): Promise<Counters> {
  if (!longest) return {};
  const log = await readWritesLog(writes_log);
  const acknowledged = log.filter(({ knowledge }) => knowledge === 'acknowledged').map(({ ended_ms }) => ended_ms);
  const { before, ended_ms } = longest.seen;
  const outage_s = clientsOutage_s(acknowledged, { from_ms: before.at_ms, to_ms: ended_ms });
  return outage_s === undefined ? {} : { 'failover.clients_outage_s': outage_s };
}
