import { existsSync } from 'node:fs';
import type { Tier, Topology } from '../../../model/topology/topology.ts';
import { StackError } from '../../backend.ts';
import { assertKnownSettings } from '../known-settings.ts';
import { driverOf } from '../tiers/drivers.ts';
import type { DeployOptions } from './deployment.ts';

/**
 * The tier that is to be deployed, with its new settings. Throws a `StackError` for one that requests do not reach through
 * balancers alone: nobody else can be switched over.
 */
export function deployableTier(topology: Topology, asked: Omit<DeployOptions, 'watch_s'>): Tier {
  const { tier: wanted, settings, entry } = asked;
  const found = wanted === undefined ? onlyBalanced(topology) : tierCalled(topology, wanted);
  assertBalanced(found, topology);
  if (entry !== undefined && !existsSync(entry)) throw new StackError(`there is no file ${entry} to deploy`);
  assertKnownSettings(found, Object.keys(settings ?? {}));
  const tier = { ...found, settings: { ...found.settings, ...settings } };
  driverOf(tier.kind).validate(tier, topology);
  return tier;
}

function onlyBalanced(topology: Topology): Tier {
  const [tier, ...others] = balanced(topology);
  if (tier === undefined) throw new StackError('no balancer of this stack calls an application tier');
  if (others.length === 0) return tier;
  const names = [tier, ...others].map(({ id }) => `\`${id}\``).join(', ');
  throw new StackError(`several tiers could be deployed: ${names}`, 'say which: `--tier NAME`');
}

function tierCalled(topology: Topology, wanted: string): Tier {
  const found = topology.tiers.find(({ id }) => id === wanted);
  if (found?.kind === 'express') return found;
  const names = balanced(topology).map(({ id }) => `\`${id}\``);
  const what =
    found === undefined ? `there is no tier \`${wanted}\`` : `tier \`${wanted}\` is of kind \`${found.kind}\``;
  throw new StackError(what, `tiers that can be deployed: ${names.join(', ')}`);
}

function balanced({ tiers }: Topology): Tier[] {
  const called = new Set(tiers.filter(({ kind }) => kind === 'nginx').flatMap(({ calls }) => calls));
  return tiers.filter(({ id, kind }) => kind === 'express' && called.has(id));
}

function assertBalanced({ id }: Tier, { tiers }: Topology): void {
  const callers = tiers.filter(({ calls }) => calls.includes(id));
  const direct = callers.filter(({ kind }) => kind !== 'nginx').map((caller) => `\`${caller.id}\``);
  if (direct.length > 0) {
    throw new StackError(
      `${direct.join(', ')} ${direct.length === 1 ? 'calls' : 'call'} \`${id}\` past the balancer, which alone can be switched`,
      'take the stack down and up again to deploy this tier',
    );
  }
  if (callers.length === 0) throw new StackError(`no balancer calls tier \`${id}\``);
}
