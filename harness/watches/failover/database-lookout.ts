import { z } from 'zod';
import { DatabaseLine } from '../database-line.ts';
import { askRepeatedly } from '../outages/outage-observer.ts';
import type { Acknowledgement, Lookout } from '../outages/outage-observer.ts';
import type { WatchedDatabase } from './watched-databases.ts';

const EVERY_MS = 30;
const TIMES = { connect_ms: 500, answer_ms: 500 };

const stateShape = z.tuple([z.object({ replica: z.boolean() })]);

/**
 * Asks etcd, PostgreSQL itself and HAProxy, each on its own, and notes:
 * - detect: etcd says that the lost primary is the leader no more
 * - elect: it names another one
 * - promote: another node takes writes
 * - route: HAProxy sends writes to that node
 * - down, restart: the lost primary itself does not answer; it does again
 */
export class DatabaseLookout implements Lookout {
  readonly #database: WatchedDatabase;

  constructor(database: WatchedDatabase) {
    this.#database = database;
  }

  async watch(lost: Acknowledgement, note: (sighting: string) => void, signal: AbortSignal): Promise<void> {
    const { nodes, leader, writesTo } = this.#database;
    const before = nodes.find(({ port }) => String(port) === lost.by)?.id;
    const promoted = new Set<string>();
    const asked = nodes.map((node) =>
      node.id === before
        ? watchLost(node.url, note, signal)
        : watchNode(node.url, signal, () => {
            promoted.add(node.id);
            note('promote');
          }),
    );
    const election = askRepeatedly(signal, EVERY_MS, async () => {
      const now = await leader?.();
      if (now === before) return;
      note('detect');
      if (now !== null && now !== undefined) note('elect');
    });
    const route = async (): Promise<void> => {
      const [to, ...others] = (await writesTo?.()) ?? [];
      if (to !== undefined && others.length === 0 && promoted.has(to)) note('route');
    };
    const routing = askRepeatedly(signal, EVERY_MS, route);
    await Promise.all([...asked, ...(leader ? [election] : []), ...(writesTo ? [routing] : [])]);
    // An answer through the proxy may have come before the proxy was asked again: then the way to the new one took until then.
    await route().catch(() => undefined);
  }
}

/** Whether the server that was lost is really away, and when it is back. */
async function watchLost(url: string, note: (sighting: string) => void, signal: AbortSignal): Promise<void> {
  let down = false;
  const line = new DatabaseLine(url, TIMES);
  await askRepeatedly(signal, EVERY_MS, async () => {
    try {
      const writable = await takesWrites(line);
      if (down && writable) note('restart');
    } catch (error) {
      down = true;
      note('down');
      throw error;
    }
  });
  await line.close();
}

async function watchNode(url: string, signal: AbortSignal, onWritable: () => void): Promise<void> {
  const line = new DatabaseLine(url, TIMES);
  await askRepeatedly(signal, EVERY_MS, async () => {
    if (await takesWrites(line)) onWritable();
  });
  await line.close();
}

/** Rejects when the server does not answer. */
async function takesWrites(line: DatabaseLine): Promise<boolean> {
  const [{ replica }] = stateShape.parse(await line.ask({ text: 'SELECT pg_is_in_recovery() AS replica' }));
  return !replica;
}
