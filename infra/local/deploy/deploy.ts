import type { Tier } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { otherColour } from '../colour.ts';
import type { Colour } from '../colour.ts';
import { liveColour } from '../live-colour.ts';
import type { Site } from '../site.ts';
import { driverOf } from '../tiers/drivers.ts';
import { problemOf } from '../until.ts';
import { deployableTier } from './deployable-tier.ts';
import type { DeployOptions, DeployReport } from './deployment.ts';
import { finish, instancesOf, named, rollBack } from './end-deployment.ts';
import { checkInstances } from './smoke-check.ts';
import { switchTo } from './switch.ts';
import { watchInstances } from './watch.ts';

/**
 * Puts new instances of an application tier in the place of the old ones, which run on for a rollback: starts as many,
 * checks each past the balancer, switches, and watches them. Whatever goes wrong on the way, also an interrupt, ends with the
 * old ones in service and a `StackError`. A deployment before this one is ended first: finished when it did well, else
 * rolled back.
 */
export async function deploy(site: Site, options: DeployOptions): Promise<DeployReport> {
  const tier = deployableTier(site.topology, options);
  await endFormer(site);
  const colour = otherColour(liveColour(site.paths, tier.id));
  site.book.update({ deployment: { tier: tier.id, colour, state: 'trying', settings: { ...tier.settings } } });
  try {
    return await putIntoService(tier, colour, site, options);
  } catch (error) {
    throw await undo(site, tier, error);
  }
}

async function endFormer(site: Site): Promise<void> {
  const { deployment } = site.book.current;
  if (deployment === undefined) return;
  site.progress(`ending the deployment of \`${deployment.tier}\` before this one`);
  const { ended } = deployment.state === 'kept' ? await finish(site) : await rollBack(site);
  site.progress(`ended ${ended.join(', ')}`);
}

async function putIntoService(tier: Tier, colour: Colour, site: Site, options: DeployOptions): Promise<DeployReport> {
  const { book, application, progress, signal } = site;
  const old = instancesOf(book, tier.id, otherColour(colour));
  progress(`starting ${tier.instances} × \`${tier.id}\` beside ${named(old)}`);
  const entry = options.entry ?? application.app;
  const topology = { ...site.topology, tiers: site.topology.tiers.map((each) => (each.id === tier.id ? tier : each)) };
  await driverOf(tier.kind).start(tier, { ...site, colour, topology, application: { ...application, app: entry } });
  const fresh = instancesOf(book, tier.id, colour);
  progress(`checking ${named(fresh)}`);
  await checkInstances(tier, fresh, site);
  progress(`switching to ${named(fresh)}`);
  await switchTo(colour, tier.id, { ...site, manifest: book.current });
  if (options.watch_s > 0) progress(`watching ${named(fresh)} for ${options.watch_s} s`);
  const watched = await watchInstances(fresh, options.watch_s, signal);
  book.update({ deployment: { tier: tier.id, colour, state: 'kept', settings: { ...tier.settings } } });
  return { tier: tier.id, live: idsOf(fresh), waiting: idsOf(old), ended: [], watched };
}

/** Rolls back, also when the signal says to stop, and returns the error to throw. */
async function undo(site: Site, { id }: Tier, cause: unknown): Promise<Error> {
  const { signal: interrupt, progress } = site;
  const what = interrupt.aborted ? 'it was interrupted' : cause instanceof Error ? cause.message : String(cause);
  progress(`rolling back: ${what}`);
  const problem = await problemOf(() => rollBack({ ...site, signal: new AbortController().signal }));
  if (problem !== null) return new StackError(`the deployment of \`${id}\` failed: ${what}; and then: ${problem}`);
  const help = cause instanceof StackError ? cause.help : '';
  return new StackError(`the deployment of \`${id}\` was rolled back: ${what}`, help);
}

function idsOf(instances: readonly { readonly id: string }[]): string[] {
  return instances.map(({ id }) => id);
}
