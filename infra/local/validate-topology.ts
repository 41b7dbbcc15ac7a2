import { existsSync } from 'node:fs';
import type { Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { applicationOf, assertShards, entryOf } from './applications.ts';
import type { LocalConfig } from './config.ts';
import { dependenciesOf } from './dependencies.ts';
import { linkLimit } from './links/linkable.ts';
import { serviceOf } from './services.ts';
import { driverOf } from './tiers/drivers.ts';
import { assertDatabases } from './validate-databases.ts';

/** Throws a `StackError` for a topology that cannot be started, before anything is. */
export function validateTopology(topology: Topology): void {
  const ids = new Set(topology.tiers.map(({ id }) => id));
  if (ids.size !== topology.tiers.length) throw new StackError('two tiers have the same id');
  if (!ids.has(topology.entry)) throw new StackError(`the entry \`${topology.entry}\` is no tier`);
  for (const tier of topology.tiers) {
    const unknown = tier.calls.find((called) => !ids.has(called));
    if (unknown !== undefined) throw new StackError(`tier \`${tier.id}\` calls \`${unknown}\`, which is no tier`);
    if (!/^[a-z][a-z0-9-]*$/.test(tier.id)) throw new StackError(`\`${tier.id}\` cannot name a tier`);
    if (!Number.isInteger(tier.instances) || tier.instances < 1) {
      throw new StackError(`tier \`${tier.id}\` has ${tier.instances} instances`, 'give it one or more');
    }
    driverOf(tier.kind).validate(tier, topology);
  }
  for (const link of topology.links ?? []) {
    const reason = linkLimit(link, topology);
    if (reason !== undefined) throw new StackError(`the network between \`${link.from}\` and \`${link.to}\` ${reason}`);
  }
  assertDatabases(topology);
  assertNoCycle(topology);
}

/** Throws a `StackError` when the application, a service or a program of it is not there, or cannot run on this topology. */
export function assertPrograms(topology: Topology, config: LocalConfig): void {
  const application = applicationOf(topology, config);
  assertShards(application, topology);
  for (const tier of topology.tiers) {
    serviceOf(tier, application.services);
    const { program } = driverOf(tier.kind);
    if (program === undefined) continue;
    const entry = entryOf(application, program, tier);
    if (existsSync(entry)) continue;
    throw new StackError(
      `tier \`${tier.id}\` runs ${entry}, which is not there`,
      'the application does not have this program: take an earlier step, or update the checkout',
    );
  }
}

function assertNoCycle(topology: Topology): void {
  const waiting = new Map(topology.tiers.map((tier) => [tier.id, dependenciesOf(tier, topology)]));
  for (;;) {
    const free = [...waiting].filter(([, needed]) => needed.every(({ id }) => !waiting.has(id)));
    if (free.length === 0) break;
    for (const [id] of free) waiting.delete(id);
  }
  if (waiting.size > 0) throw new StackError(`tiers call each other in a circle: ${[...waiting.keys()].join(', ')}`);
}
