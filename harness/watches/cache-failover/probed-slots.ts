import type { Redis } from 'ioredis';
import type { Tier } from '../../../model/topology/topology.ts';
import type { Site } from '../../instruments.ts';
import { quickClient, viewOf } from './cluster-view.ts';
import type { ProbedSlot } from './slot-prober.ts';

const KEY = 'cache-failover';

/** A slot of each master of every Redis that is no queue, with the name of its tier. */
export async function probedSlots(site: Site): Promise<(ProbedSlot & { readonly tier: string })[]> {
  const caches = site.topology.tiers.filter(({ kind, calls }) => kind === 'redis' && calls.length === 0);
  const slots = await Promise.all(caches.map((tier) => slotsOf(tier, site)));
  return slots.flat();
}

async function slotsOf(tier: Tier, { stack, connections }: Site): Promise<(ProbedSlot & { readonly tier: string })[]> {
  const nodes = stack.processes.filter((process) => process.tier === tier.id && process.id in connections.redis);
  const urls = new Map(nodes.map(({ id, port }) => [port, connections.redis[id] ?? '']));
  const [first] = urls.values();
  if (first === undefined) return [];
  if (urls.size === 1) return [{ tier: tier.id, key: KEY, urls }];
  const client = quickClient(first);
  try {
    const masters = (await viewOf(client)).filter(({ slots }) => slots.length > 0);
    return await Promise.all(
      masters.map(async ({ slots: [[from, to] = [0, 0]] }) => ({
        tier: tier.id,
        urls,
        ...(await keyBetween(from, to, client)),
      })),
    );
  } finally {
    client.disconnect();
  }
}

/** Keys are spread evenly, so one that falls in between is found after a few. */
async function keyBetween(from: number, to: number, client: Redis): Promise<{ key: string; slot: number }> {
  for (let number = 0; ; number += 1) {
    const key = `${KEY}-${number}`;
    const slot = Number(await client.call('CLUSTER', 'KEYSLOT', key));
    if (slot >= from && slot <= to) return { key, slot };
  }
}
