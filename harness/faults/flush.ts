import { cacheMasters } from './cache-masters.ts';
import { redisAt } from './junk.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';

/** FLUSHALL of every master; what is loaded again by readers a moment later is not undone by anything. */
export const flush: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const masters = await cacheMasters(fault, site);
  const left: string[] = [];
  return {
    targets: masters.map(({ id }) => id),
    shaken: [],
    remedies: [],
    inject: async () => {
      const sizes = await Promise.all(masters.map(({ url }) => flushOne(url)));
      masters.forEach(({ id }, index) => left.push(`${id} holds ${sizes[index]} keys`));
    },
    effect: async () => {
      if (left.length === 0 || left.some((each) => !each.endsWith(' 0 keys'))) throw new Error(left.join(', '));
      return `${left.join(', ')}, right after FLUSHALL`;
    },
    whole: async () => undefined,
  };
};

/** How many keys there are before anybody else's command. */
async function flushOne(url: string): Promise<number> {
  const client = redisAt(url);
  try {
    const [, size] = (await client.multi().flushall('ASYNC').dbsize().exec()) ?? [];
    return Number(size?.[1]);
  } finally {
    client.disconnect();
  }
}
