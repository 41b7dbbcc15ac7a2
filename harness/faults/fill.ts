import { randomBytes } from 'node:crypto';
import { Cluster } from 'ioredis';
import type { Redis } from 'ioredis';
import { cacheMasters } from './cache-masters.ts';
import type { CacheMaster } from './cache-masters.ts';
import { JUNK_PREFIX, redisAt } from './junk.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';

const VALUE_BYTES = 64 * 1024;
const AT_A_TIME = 32;
const FULL = 0.97;

/** Fills a cache to its limit with values that nobody asks for, so that what is asked for is evicted. */
export const fill: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const masters = await cacheMasters(fault, site);
  return {
    targets: masters.map(({ id }) => id),
    shaken: [],
    remedies: [{ kind: 'discard', urls: masters.map(({ url }) => url) }],
    inject: () => fillAll(masters),
    effect: async () => {
      const fullest = await Promise.all(masters.map(usedShare));
      const least = Math.min(...fullest);
      if (least < FULL) throw new Error(`the cache is filled to ${Math.round(least * 100)} %`);
      return `${masters.map(({ id }) => id).join(', ')} filled to ${Math.round(least * 100)} % of the limit`;
    },
    whole: async () => undefined,
  };
};

/** Values are shared out to masters as all others are. */
async function fillAll(masters: readonly CacheMaster[]): Promise<void> {
  const urls = masters.map(({ url }) => url);
  const client = urls.length === 1 ? redisAt(urls[0] ?? '') : clusterAt(urls);
  try {
    const room_bytes = await Promise.all(masters.map(({ url }) => limitOf(url)));
    const values = Math.ceil((Math.max(...room_bytes) * masters.length) / VALUE_BYTES);
    for (let first = 0; first < values; first += AT_A_TIME) {
      const numbers = Array.from({ length: AT_A_TIME }, (_, index) => first + index);
      await Promise.all(numbers.map((number) => client.set(`${JUNK_PREFIX}${number}`, randomBytes(VALUE_BYTES))));
    }
  } finally {
    client.disconnect();
  }
}

function clusterAt(urls: readonly string[]): Cluster {
  const client = new Cluster([...urls], { redisOptions: { password: new URL(urls[0] ?? '').password } });
  client.on('error', () => undefined);
  return client;
}

async function usedShare({ url }: CacheMaster): Promise<number> {
  const memory = await infoOf(url);
  return (memory.get('used_memory') ?? 0) / (memory.get('maxmemory') ?? Number.POSITIVE_INFINITY);
}

async function limitOf(url: string): Promise<number> {
  return (await infoOf(url)).get('maxmemory') ?? 0;
}

/** What `INFO memory` says in numbers. */
async function infoOf(url: string): Promise<ReadonlyMap<string, number>> {
  const client: Redis = redisAt(url);
  try {
    const lines = (await client.info('memory')).split('\r\n');
    return new Map(lines.map((line) => line.split(':')).map(([key = '', value]) => [key, Number(value)]));
  } finally {
    client.disconnect();
  }
}
