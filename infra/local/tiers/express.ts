import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { own } from '../account.ts';
import { launch } from '../launch.ts';
import { processId } from '../port-plan.ts';
import { askHttp } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import { portOf } from '../site.ts';
import type { Site } from '../site.ts';
import { wholeNumber } from '../settings.ts';
import { applicationAccount, applicationEnvironment, bcryptCost } from './application.ts';
import { poolMax } from './postgres-conf.ts';
import type { TierDriver } from './tier-driver.ts';

/** Half a second on an idle machine; this is for one that is busy with something else. */
const READY_MS = 30_000;

/** The application: as many processes of it as the tier has instances. */
export const express: TierDriver = {
  programs: () => [],

  validate(tier) {
    poolMax(tier);
    bcryptCost(tier);
    semiSpaceMb(tier);
  },

  async start(tier, site) {
    const instances = Array.from({ length: tier.instances }, (_, index) => index + 1);
    await Promise.all(instances.map((instance) => startInstance(tier, instance, site)));
  },

  async ask({ port }) {
    await askHttp(`http://127.0.0.1:${port}/health`);
    return {};
  },
};

/**
 * Size of the young generation's halves. Node's own 16 MB fill in a few milliseconds under load, so that answers in the making
 * are copied as survivors; with 64 MB the whole stack was measured to carry about 5 % more (docs/benchmarks.md).
 */
function semiSpaceMb(tier: Tier): number {
  return wholeNumber(tier, 'semi_space_mb', 64, 1, 512);
}

async function startInstance(tier: Tier, instance: number, site: Site): Promise<void> {
  const id = processId(tier.id, instance);
  const port = portOf(site, tier.id, instance);
  const url = `http://127.0.0.1:${port}`;
  const folder = join(site.paths.run, id);
  const account = applicationAccount(site);
  own(folder, account);
  const launched = await launch(
    {
      id,
      tier: tier.id,
      role: 'app',
      port,
      account,
      cwd: folder,
      executable: process.execPath,
      args: [`--max-semi-space-size=${semiSpaceMb(tier)}`, site.config.appEntry],
      env: {
        ...applicationEnvironment(tier, site, folder),
        HOST: '127.0.0.1',
        PORT: String(port),
        DB_POOL_MAX: String(poolMax(tier)),
        LOG_LEVEL: 'warn',
        INSTANCE_ID: id,
      },
      log: join(site.paths.logs, `${id}.log`),
      metrics_url: `${url}/metrics`,
      stop: [{ signal: 'SIGTERM', wait_ms: 3_000 }],
    },
    site.book,
    site.signal,
  );
  await untilReady(launched, () => askHttp(`${url}/health`), READY_MS, site.signal);
}
