import { compareWrites } from '../../model/consistency/compare-writes.ts';
import type { FoundWrites } from '../../model/consistency/compare-writes.ts';
import type { ObservedEvent, ObservedWrites } from '../../model/observation/observation.ts';
import { scenarioDuration_s } from '../../model/scenario/scenario.ts';
import type { Check, Findings, Site } from '../instruments.ts';
import { FAILOVER_MS, primariesOf } from './primary.ts';
import { readBack } from './writes/read-back.ts';
import type { StoredWrites } from './writes/read-back.ts';
import { readWritesLog } from './writes/writes-log.ts';
import type { LoggedWrite } from './writes/writes-log.ts';

/** Ids of one run begin alike. A shorter beginning says nothing about who sent something. */
const PREFIX_MIN = 4;

/** Holds the clients' log of writes against what the primaries have of them. */
export const writes: Check = {
  name: 'writes',
  title: 'whether acknowledged writes are there, each once, and no others',
  classes: [],
  counters: [
    'writes.acknowledged',
    'writes.failed',
    'writes.indeterminate',
    'writes.lost',
    'writes.recovered',
    'writes.unexpected',
    'writes.duplicated',
    'writes.unread',
  ],
  async run(site, signal) {
    const logged = await readWritesLog(site.writes_log);
    if (logged.length === 0) return findingsOf(site, compareWrites([], NOTHING), []);
    const since_ms = logged.reduce((first, { sent_ms }) => Math.min(first, sent_ms), Infinity);
    const stored = await readBack(primariesOf(site), since_ms, { deadline_ms: FAILOVER_MS, signal });
    const found = compareWrites(logged, foundOf(logged, stored));
    return findingsOf(site, found, [...stored.read, ...stored.unread]);
  },
};

const NOTHING: FoundWrites = { copies: new Map(), foreign: [], complete: false };

function foundOf(logged: readonly LoggedWrite[], { known, copies, unread }: StoredWrites): FoundWrites {
  if (!known) return NOTHING;
  const sent = new Set(logged.map(({ id }) => id));
  const prefix = commonPrefix([...sent]);
  const ids = [...copies.keys()];
  return {
    copies: new Map([...copies].filter(([id]) => sent.has(id))),
    foreign: ids.filter((id) => !sent.has(id) && isOfRun(id, prefix)),
    complete: unread.length === 0,
  };
}

/** Others write to the same tables under ids of their own: a probe for instance, or the application itself. */
function isOfRun(id: string, prefix: string): boolean {
  return prefix.length >= PREFIX_MIN && id.startsWith(prefix);
}

function commonPrefix(ids: readonly string[]): string {
  const [first = '', ...others] = ids;
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}

/** Without all reads nothing can be said of losses: the counter is then missing, not zero. */
function findingsOf({ scenario }: Site, found: ObservedWrites, said: readonly string[]): Findings {
  const { examples: _examples, ...counts } = found;
  const named = Object.entries(counts).map(([name, value]): [string, number] => [`writes.${name}`, value]);
  const counters = Object.fromEntries(named.filter(([name]) => name !== 'writes.lost' || found.unread === 0));
  const at_s = scenarioDuration_s(scenario);
  const events = said.map((detail): ObservedEvent => ({ at_s, kind: 'writes-read', detail }));
  return { counters, writes: found, events };
}
