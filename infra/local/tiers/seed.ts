import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { assertReachable, own } from '../account.ts';
import { databaseAccess, databaseUrl } from '../database-access.ts';
import type { Launch } from '../launch.ts';
import { processId } from '../port-plan.ts';
import { environmentOf } from '../site.ts';
import type { Site } from '../site.ts';
import { runTask } from '../task.ts';
import { applicationAccount, applicationEnvironment } from './application.ts';

/**
 * Has the application's own seeder create the schema, load the rows and write the feeds, as the first application tier
 * that calls this database is configured, but past any proxy. The seeder itself skips what the database already holds, and
 * knows what belongs to which shard. `ports`: those of the primaries, one a shard.
 */
export async function seedDatabase(database: Tier, ports: readonly number[], site: Site): Promise<void> {
  const { paths, book, topology } = site;
  const tier = topology.tiers.find(({ kind, calls }) => kind === 'express' && calls.includes(database.id));
  if (tier === undefined) return;
  const account = applicationAccount(site);
  own(paths.feeds, account);
  assertReachable(paths.feeds, account);
  const { seed, products, users } = book.current.rows;
  site.progress(`seeding \`${database.id}\` for ${products} products and ${users} users, unless they are there`);
  const id = `${processId(database.id, 1)}-seed`;
  const access = databaseAccess(database, topology, site.secrets);
  const task: Launch = {
    id,
    tier: database.id,
    role: 'seed',
    port: 0,
    account,
    cwd: paths.feeds,
    executable: process.execPath,
    args: [
      site.application.seed,
      '--products',
      String(products),
      '--users',
      String(users),
      '--seed',
      String(seed),
      '--feeds',
      paths.feeds,
    ],
    env: {
      ...environmentOf(site, paths.feeds),
      ...applicationEnvironment(tier, site),
      DATABASE_URL: ports.map((port) => databaseUrl(access, port)).join(','),
    },
    log: join(paths.logs, `${id}.log`),
    stop: [{ signal: 'SIGTERM', wait_ms: 1_000 }],
  };
  await site.inTurn(() => runTask(task, book, site.signal));
}
