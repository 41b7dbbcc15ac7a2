import type { Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { replicatedBy } from '../local/tiers/replication/replication-plan.ts';
import { writtenDatabases } from './databases.ts';
import { neededBy } from './relations.ts';

/** The application that divides its rows among databases. */
const SHARDED = 'url-shortener';

/** Throws a `StackError` with everything about a topology that no project can be made of, settings of its tiers apart. */
export function checkTopology(topology: Topology): void {
  const problems = [...shapeProblems(topology), ...databaseProblems(topology)];
  if (problems.length === 0) problems.push(...circleProblems(topology));
  if (problems.length === 0) return;
  throw new StackError(`step ${topology.step} of \`${topology.plan}\` cannot be composed: ${problems.join('; ')}`);
}

function shapeProblems({ entry, tiers }: Topology): string[] {
  const ids = tiers.map(({ id }) => id);
  const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
  return [
    ...twice.map((id) => `two tiers are called \`${id}\``),
    ...(tiers.some(({ id, kind }) => id === entry && kind === 'nginx')
      ? []
      : [`its entry \`${entry}\` is no tier of nginx`]),
    ...ids.filter((id) => !/^[a-z][a-z0-9-]*$/.test(id)).map((id) => `\`${id}\` cannot name a tier`),
    ...tiers
      .filter(({ instances }) => !Number.isInteger(instances) || instances < 1)
      .map(({ id, instances }) => `\`${id}\` has ${instances} instances`),
    ...tiers.flatMap(({ id, calls }) =>
      calls
        .filter((called) => !ids.includes(called))
        .map((called) => `\`${id}\` calls \`${called}\`, which is no tier`),
    ),
  ];
}

function databaseProblems(topology: Topology): string[] {
  const heads = writtenDatabases(topology);
  const copies = topology.tiers.filter((tier) => replicatedBy(tier) !== undefined);
  return [
    ...copies
      .filter((tier) => !heads.some(({ id }) => id === replicatedBy(tier)))
      .map((tier) => `\`${tier.id}\` replicates \`${replicatedBy(tier)}\`, which is no database of its own`),
    ...heads
      .filter(({ instances }) => instances > 1 && topology.application !== SHARDED)
      .map(({ id }) => `\`${id}\` is sharded, but application \`${topology.application}\` cannot divide its rows`),
  ];
}

/** Compose starts nothing that waits for itself. */
function circleProblems(topology: Topology): string[] {
  const waiting = new Map(topology.tiers.map((tier) => [tier.id, neededBy(tier, topology).map(({ id }) => id)]));
  for (;;) {
    const free = [...waiting].filter(([, needed]) => needed.every((id) => !waiting.has(id)));
    if (free.length === 0) break;
    for (const [id] of free) waiting.delete(id);
  }
  return waiting.size === 0 ? [] : [`tiers wait for each other in a circle: ${[...waiting.keys()].join(', ')}`];
}
