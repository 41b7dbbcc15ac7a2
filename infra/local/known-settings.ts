import type { Tier, TierKind } from '../../model/topology/topology.ts';
import { nearest } from '../../model/document/nearest.ts';
import { StackError } from '../backend.ts';

const NGINX = ['workers', 'worker_connections'];
const POSTGRES_REPLICATION = ['replicates', 'replication_mode', 'failover_profile', 'etcd_nodes', 'shards', 'sharding'];
const APPLICATION = ['queue', 'db_pool_max'];
const EXPRESS = [
  'bcrypt_cost',
  'rate_limits',
  'semi_space_mb',
  'heap_mb',
  'read_your_writes',
  'read_your_writes_window_ms',
  'caching',
];

/** What each kind of tier can be set to; the table of infra/README.md tells what it means. */
export const KNOWN_SETTINGS: Readonly<Record<TierKind, readonly string[]>> = {
  nginx: ['balance', ...NGINX, 'upstream_keepalive', 'max_fails', 'fail_timeout_s', 'proxy_read_timeout_s'],
  express: [...APPLICATION, ...EXPRESS, 'stampede'],
  worker: [...APPLICATION, 'concurrency'],
  external: ['rate_limits'],
  postgres: ['shared_buffers_mb', 'stat_statements', ...POSTGRES_REPLICATION],
  redis: ['maxmemory_mb', 'eviction', 'replicas_each', 'node_timeout_ms'],
  rabbitmq: [],
  cdn: ['cache_mb', 'origin_distance_ms', ...NGINX],
  'object-store': [],
};

/**
 * Throws a `StackError` that names every setting that the tier's kind does not have. For settings that somebody asks for at the moment: a
 * plan's may be there for the simulator alone.
 */
export function assertKnownSettings(tier: Pick<Tier, 'id' | 'kind'>, names: readonly string[]): void {
  const known = KNOWN_SETTINGS[tier.kind];
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const near = unknown.flatMap((name) => nearest(name, known) ?? []);
  const help =
    near.length > 0
      ? `did you mean ${near.map((name) => `\`${name}\``).join(', ')}?`
      : `there are ${known.join(', ') || 'none'}`;
  const what = unknown.map((name) => `\`${name}\``).join(', ');
  throw new StackError(`tier \`${tier.id}\` (${tier.kind}) has no setting ${what}`, help);
}
