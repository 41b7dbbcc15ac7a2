import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tier } from '../../../model/topology/topology.ts';
import { accountFor, assertReachable, own } from '../account.ts';
import { launch } from '../launch.ts';
import { processId } from '../port-plan.ts';
import { askRedis } from '../probes.ts';
import { untilReady } from '../readiness.ts';
import { environmentOf, portOf, programOf } from '../site.ts';
import { oneOf, wholeNumber } from '../settings.ts';
import { assertSingle } from './single.ts';
import type { TierDriver } from './tier-driver.ts';

const READY_MS = 10_000;
const EVICTION = ['allkeys-lru', 'allkeys-lfu', 'volatile-lru', 'volatile-ttl', 'noeviction'] as const;

/** One Redis as a cache: bounded memory, least recently used goes first, nothing on disk. */
export const redis: TierDriver = {
  programs: ['redis-server'],

  validate(tier) {
    assertSingle(tier);
    redisConf(tier, { port: 1, folder: '', password: '' });
  },

  async start(tier, site) {
    const id = processId(tier.id, 1);
    const port = portOf(site, tier.id);
    const account = accountFor(['nobody']);
    const folder = join(site.paths.data, id);
    own(folder, account);
    assertReachable(folder, account);
    const conf = join(folder, 'redis.conf');
    writeFileSync(conf, redisConf(tier, { port, folder, password: site.secrets.redis }), { mode: 0o600 });
    if (account.drop) chownSync(conf, account.uid, account.gid);
    const launched = await launch(
      {
        id,
        tier: tier.id,
        role: 'redis',
        port,
        account,
        cwd: folder,
        executable: programOf(site, 'redis-server'),
        args: [conf],
        env: environmentOf(site, folder),
        log: join(site.paths.logs, `${id}.log`),
        stop: [{ signal: 'SIGTERM', wait_ms: 2_000 }],
      },
      site.book,
      site.signal,
    );
    await untilReady(launched, () => askRedis(port, site.secrets.redis), READY_MS, site.signal);
  },

  ask: (process, secrets) => askRedis(process.port, secrets.redis),
};

/** Without save points SIGTERM ends Redis at once, without a snapshot. The title stays, so that the marks can be read. */
function redisConf(tier: Tier, at: { port: number; folder: string; password: string }): string {
  const maxmemory_mb = wholeNumber(tier, 'maxmemory_mb', 512, 1, 1_048_576);
  const eviction = oneOf(tier, 'eviction', 'allkeys-lru', EVICTION);
  return `bind 127.0.0.1
port ${at.port}
requirepass ${at.password}
dir "${at.folder}"
daemonize no
supervised no
set-proc-title no
logfile ""
loglevel notice
save ""
appendonly no
maxmemory ${maxmemory_mb}mb
maxmemory-policy ${eviction}
lazyfree-lazy-eviction yes
tcp-backlog 511
tcp-keepalive 60
`;
}
