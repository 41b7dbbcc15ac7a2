import type { Tier } from '../../model/topology/topology.ts';
import { dependenciesOf } from './dependencies.ts';
import type { Site } from './site.ts';
import { driverOf } from './tiers/drivers.ts';

/**
 * Starts every tier as soon as those it depends on are ready; independent ones at the same time. Rejects with the first
 * failure, after every other start has come to an end, so that nothing is launched behind a teardown's back.
 */
export async function startTiers(site: Omit<Site, 'signal'>, interrupt?: AbortSignal): Promise<void> {
  const failure = new AbortController();
  const signal = interrupt === undefined ? failure.signal : AbortSignal.any([interrupt, failure.signal]);
  const starts = new Map<string, Promise<void>>();
  let first: { readonly error: unknown } | null = null;

  const start = (tier: Tier): Promise<void> => {
    const known = starts.get(tier.id);
    if (known !== undefined) return known;
    const started = startAfter(dependenciesOf(tier, site.topology).map(start), tier, { ...site, signal });
    starts.set(tier.id, started);
    return started;
  };

  await Promise.allSettled(
    site.topology.tiers.map(async (tier) => {
      try {
        await start(tier);
      } catch (error) {
        first ??= { error };
        failure.abort();
      }
    }),
  );
  throwFirst(first);
}

async function startAfter(before: readonly Promise<void>[], tier: Tier, site: Site): Promise<void> {
  await Promise.all(before);
  site.signal.throwIfAborted();
  site.progress(`starting ${tier.instances > 1 ? `${tier.instances} × ` : ''}${tier.kind} (\`${tier.id}\`)`);
  await driverOf(tier.kind).start(tier, site);
}

function throwFirst(first: { readonly error: unknown } | null): void {
  if (first !== null) throw first.error;
}
