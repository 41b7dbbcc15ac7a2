import { Redis } from 'ioredis';

/** What a cache is filled with begins with this. */
export const JUNK_PREFIX = 'shop-plan-junk:';

const COMMAND_MS = 5_000;
const SCAN_COUNT = 1_000;

/** A connection that gives up at once instead of waiting for a server that is gone. */
export function redisAt(url: string): Redis {
  const client = new Redis(url, {
    connectTimeout: COMMAND_MS,
    commandTimeout: COMMAND_MS,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  // Without a listener a lost connection would end this process; the command that fails by it says so, too.
  client.on('error', () => undefined);
  return client;
}

/** Removes all junk of one server, wherever it stands in the keyspace. */
export async function discardJunk(url: string): Promise<void> {
  const client = redisAt(url);
  try {
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', `${JUNK_PREFIX}*`, 'COUNT', SCAN_COUNT);
      // One by one: in a cluster the keys of a command have to be of one slot.
      await Promise.all(keys.map((key) => client.unlink(key)));
      cursor = next;
    } while (cursor !== '0');
  } finally {
    client.disconnect();
  }
}
