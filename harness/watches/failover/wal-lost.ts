import { setTimeout as delay } from 'node:timers/promises';
import type { SeenOutage } from '../outages/outage-observer.ts';
import type { Timeline, WatchedDatabase } from './watched-databases.ts';

const DEADLINE_MS = 15_000;
const EVERY_MS = 250;

/** The histories of a database's timelines, from whichever node tells one. */
export async function timelinesOf({ nodes, timelines }: WatchedDatabase): Promise<readonly Timeline[]> {
  if (!timelines) return [];
  const told = await Promise.allSettled(nodes.map(({ id }) => timelines(id)));
  const histories = told.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  return histories.toSorted((a, b) => b.length - a.length)[0] ?? [];
}

/**
 * Write-ahead log of the lost primary that the promoted replica never had, in bytes: from the position at which its timeline begins to the last
 * one that the lost primary was seen at, some tens of milliseconds before its end. So it is the least that was lost. Undefined when
 * no timeline has begun, or nobody tells within a quarter of a minute.
 */
export async function walLost_bytes(
  database: WatchedDatabase,
  outage: SeenOutage,
  before: readonly Timeline[],
): Promise<number | undefined> {
  const { position_bytes } = outage.before;
  if (position_bytes === undefined || !database.timelines || outage.after?.by === outage.before.by) return undefined;
  const end_ms = performance.now() + DEADLINE_MS;
  for (;;) {
    const now = await timelinesOf(database);
    const ended = now.length > before.length ? now.at(-1) : undefined;
    if (ended) return Math.max(0, position_bytes - ended.end_bytes);
    if (performance.now() > end_ms) return undefined;
    await delay(EVERY_MS);
  }
}
