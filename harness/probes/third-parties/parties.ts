import { RunError } from '../../run-error.ts';
import type { Site } from '../../instruments.ts';

/** What each third party is asked for. */
export const ERRANDS = {
  payment: 'payment/charges',
  email: 'email/messages',
  shipping: 'shipping/labels',
  accounting: 'accounting/bookings',
} as const;
export type Party = keyof typeof ERRANDS;
/** Object.keys types its result as any strings. */
export const PARTIES = Object.keys(ERRANDS) as readonly Party[];

const EFFECT = /^third_party_effects_total\{what="([^"]+)"\}\s+(\S+)$/gm;

/**
 * Where a third party is: the one that its workers call, else the first.
 * @throws RunError when the step has none.
 */
export function urlOfParty({ stack, topology }: Pick<Site, 'stack' | 'topology'>, party: Party): string {
  const external = topology.tiers.filter(({ kind }) => kind === 'external');
  const workers = topology.tiers.find(({ id }) => new RegExp(`^${party}-workers?$`).test(id));
  const called = external.find(({ id }) => workers?.calls.includes(id)) ?? external[0];
  const process = stack.processes.find(({ tier }) => tier === called?.id);
  if (process === undefined)
    throw new RunError(`step ${stack.step} has no third parties`, 'choose a step that has them');
  return `http://127.0.0.1:${process.port}`;
}

/** How many effects all third parties of a stack have had so far, by errand. */
export async function countEffects(urls: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const page of await Promise.all(urls.map(readMetrics))) {
    for (const [, what = '', count = '0'] of page.matchAll(EFFECT))
      counts.set(what, (counts.get(what) ?? 0) + Number(count));
  }
  return counts;
}

async function readMetrics(url: string): Promise<string> {
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) });
  return answer.text();
}
