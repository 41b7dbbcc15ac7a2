import type { Tier, Topology } from '../../model/topology/topology.ts';
import { StackError } from '../backend.ts';
import { writtenDatabases } from './database-access.ts';
import { replicatedBy } from './tiers/replication/replication-plan.ts';

/**
 * Throws a `StackError` unless everybody who needs a database has one and every database has somebody to fill it. Each may
 * have as many replicas as one likes; who reads those writes, too.
 */
export function assertDatabases(topology: Topology): void {
  const written = writtenDatabases(topology);
  if (written.length > 1) {
    for (const database of written) assertFilled(database, topology);
    for (const tier of topology.tiers) assertOneCalled(tier, written);
  }
  for (const tier of topology.tiers) assertWritesWhatItReads(tier, topology);
}

/** The seeder runs as the tier that calls the database. */
function assertFilled({ id }: Tier, { tiers }: Topology): void {
  if (tiers.some(({ kind, calls }) => kind === 'express' && calls.includes(id))) return;
  throw new StackError(
    `no express tier calls the database \`${id}\`, which would be empty`,
    'a replica names the database that it copies in its setting `replicates`',
  );
}

function assertOneCalled({ id, kind, calls }: Tier, written: readonly Tier[]): void {
  const called = written.filter((database) => calls.includes(database.id)).map((database) => `\`${database.id}\``);
  if (called.length > 1) throw new StackError(`tier \`${id}\` calls several databases: ${called.join(', ')}`);
  if (kind !== 'worker' || called.length === 1) return;
  const names = written.map((database) => `\`${database.id}\``).join(', ');
  throw new StackError(
    `tier \`${id}\` does not call the database that it works with`,
    `add one of ${names} to its calls`,
  );
}

function assertWritesWhatItReads({ id, calls }: Tier, { tiers }: Topology): void {
  for (const replica of tiers.filter((tier) => calls.includes(tier.id))) {
    const head = replicatedBy(replica);
    if (head === undefined || calls.includes(head)) continue;
    throw new StackError(`tier \`${id}\` calls \`${replica.id}\` but not \`${head}\`, which it replicates`);
  }
}
