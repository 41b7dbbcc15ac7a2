import { StackError } from '../../backend.ts';
import type { Colour } from '../colour.ts';
import { otherColour } from '../colour.ts';
import { isAlive } from '../identity.ts';
import { liveColour } from '../live-colour.ts';
import type { ManifestBook, ManifestDeployment, ManifestProcess } from '../manifest.ts';
import { colourOf } from '../port-plan.ts';
import { problemOf } from '../until.ts';
import { askHttp } from '../probes.ts';
import type { Site } from '../site.ts';
import type { DeployReport } from './deployment.ts';
import { retire } from './retire.ts';
import { switchTo } from './switch.ts';

/** The processes of a tier in one colour. */
export function instancesOf(book: ManifestBook, tier: string, colour: Colour): ManifestProcess[] {
  return book.current.processes.filter((process) => process.tier === tier && colourOf(process.id) === colour);
}

/** Back to the old instances, and an end of the new ones. Rejects with a `StackError` when the old ones are not well. */
export async function rollBack(site: Site): Promise<DeployReport> {
  const { tier, colour } = presentDeployment(site);
  const old = instancesOf(site.book, tier, otherColour(colour));
  if (liveColour(site.paths, tier) === colour) {
    await assertWell(old);
    site.progress(`switching back to ${named(old)}`);
    await switchTo(otherColour(colour), tier, { ...site, manifest: site.book.current });
  }
  const ended = await retire(instancesOf(site.book, tier, colour), site.book);
  site.book.update({ deployment: undefined });
  return { tier, live: old.map(({ id }) => id), waiting: [], ended };
}

/** An end of the old instances. Rejects with a `StackError` when it is them who answer. */
export async function finish(site: Site): Promise<DeployReport> {
  const { tier, colour, settings } = presentDeployment(site);
  if (liveColour(site.paths, tier) !== colour) {
    throw new StackError(
      `the new instances of \`${tier}\` were never put into service`,
      'end them with `shop-plan deploy --rollback`',
    );
  }
  const ended = await retire(instancesOf(site.book, tier, otherColour(colour)), site.book);
  const { topology } = site.book.current;
  const tiers = topology.tiers.map((each) => (each.id === tier ? { ...each, settings } : each));
  site.book.update({ topology: { ...topology, tiers }, deployment: undefined });
  return { tier, live: instancesOf(site.book, tier, colour).map(({ id }) => id), waiting: [], ended };
}

function presentDeployment({ book }: Site): ManifestDeployment {
  const { deployment, name } = book.current;
  if (deployment) return deployment;
  throw new StackError(`nothing is being deployed to stack \`${name}\``, 'begin with `shop-plan deploy`');
}

async function assertWell(instances: readonly ManifestProcess[]): Promise<void> {
  for (const { id, pid, start_ticks, port } of instances) {
    const gone = isAlive({ pid, start_ticks }) ? null : 'it has ended';
    const problem = gone ?? (await problemOf(() => askHttp(`http://127.0.0.1:${port}/health`)));
    if (problem !== null) throw new StackError(`cannot switch back: \`${id}\` is not well: ${problem}`);
  }
}

export function named(instances: readonly { readonly id: string }[]): string {
  return instances.map(({ id }) => `\`${id}\``).join(', ');
}
