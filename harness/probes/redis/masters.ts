import { Redis } from 'ioredis';
import type { Site } from '../../instruments.ts';
import { RunError } from '../../run-error.ts';

/** A key that a node takes, found by trying: a node of a cluster takes a third of them, say. */
const TRIES = 1_000;

/** A Redis that takes writes, and one of the keys that are its own. */
export interface Master {
  readonly url: string;
  readonly key: string;
}

/**
 * Those of the stack's Redis servers that take writes; of a cluster the masters. Each has the key of the probe written to it.
 * @throws RunError when there is none.
 */
export async function redisMasters({ connections, stack }: Site, value: string): Promise<Master[]> {
  const found: Master[] = [];
  for (const url of Object.values(connections.redis)) {
    const client = openRedis(url);
    try {
      const key = await keyOf(client, value);
      if (key !== undefined) found.push({ url, key });
    } finally {
      client.disconnect();
    }
  }
  if (found.length > 0) return found;
  throw new RunError(`step ${stack.step} runs no Redis`, 'choose a step with a cache with `--step`');
}

/** A connection of its own that fails rather than waits. */
function openRedis(url: string): Redis {
  const client = new Redis(url, { commandTimeout: 5_000, connectTimeout: 2_000, maxRetriesPerRequest: 0 });
  // Commands carry the error that counts.
  client.on('error', () => undefined);
  return client;
}

async function keyOf(client: Redis, value: string): Promise<string | undefined> {
  const [role] = (await client.call('ROLE')) as readonly [string];
  if (role !== 'master') return undefined;
  for (let number = 1; number <= TRIES; number += 1) {
    const key = `probe:${number}`;
    try {
      await client.set(key, value, 'EX', 3_600);
      return key;
    } catch (error) {
      // A master that has no slots moves all of them, and is none that anybody writes to.
      if (!String(error).includes('MOVED')) throw error;
    }
  }
  return undefined;
}
