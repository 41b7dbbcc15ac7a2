import type { Tier } from '../../../model/topology/topology.ts';
import { oneOf, wholeNumber } from '../settings.ts';
import { isCluster } from './redis-nodes.ts';

const EVICTION = ['allkeys-lru', 'allkeys-lfu', 'volatile-lru', 'volatile-ttl', 'noeviction'] as const;
/** A queue must not lose what it was given. */
const KEPT = ['noeviction'] as const;
const NODE_TIMEOUT_MS = 5_000;

/** Where one Redis runs. */
export interface RedisSite {
  readonly port: number;
  readonly folder: string;
  /** Absent when it is told otherwise, e.g. on the command line. */
  readonly password?: string;
  /** Address that it listens on; absent: 127.0.0.1. */
  readonly listen?: string;
  /** Name by which clients reach a node of a cluster that is not on this machine. */
  readonly host?: string;
  /** Holds jobs that must not be lost: nothing is evicted, and what was written is on disk within a second. */
  readonly queue?: boolean;
}

/**
 * redis.conf: a cache with bounded memory and nothing on disk, or a queue with an append-only file. Without save points
 * SIGTERM ends Redis at once, without a snapshot. The title stays, so that the marks can be read.
 */
export function redisConf(tier: Tier, at: RedisSite): string {
  const maxmemory_mb = wholeNumber(tier, 'maxmemory_mb', 512, 1, 1_048_576);
  const queue = at.queue === true;
  const eviction = queue
    ? oneOf(tier, 'eviction', 'noeviction', KEPT)
    : oneOf(tier, 'eviction', 'allkeys-lru', EVICTION);
  return `bind ${at.listen ?? '127.0.0.1'}
port ${at.port}
${passwordLine('requirepass', at)}dir "${at.folder}"
daemonize no
supervised no
set-proc-title no
logfile ""
loglevel notice
save ""
appendonly ${queue ? 'yes' : 'no'}
maxmemory ${maxmemory_mb}mb
maxmemory-policy ${eviction}
lazyfree-lazy-eviction yes
tcp-backlog 511
tcp-keepalive 60
${isCluster(tier) ? clusterConf(tier, at) : ''}`;
}

/** When a cluster's node counts as gone. */
export function nodeTimeoutMs(tier: Tier): number {
  return wholeNumber(tier, 'node_timeout_ms', NODE_TIMEOUT_MS, 200, 60_000);
}

/**
 * The nodes talk to each other on the port after the clients' one: Redis's own choice, 10,000 above, falls into the range
 * from which the kernel gives ports to anybody. While a master is away, the slots of the others are still served.
 * A replica is named by `CLUSTER SLOTS` once anything was sent to it, which in an idle cluster is the first ping.
 */
function clusterConf(tier: Tier, at: RedisSite): string {
  return `${passwordLine('masterauth', at)}cluster-enabled yes
cluster-config-file nodes.conf
cluster-port ${at.port + 1}
${announcement(at)}cluster-node-timeout ${nodeTimeoutMs(tier)}
cluster-require-full-coverage no
repl-diskless-sync yes
repl-diskless-sync-delay 0
repl-ping-replica-period 1
`;
}

function passwordLine(keyword: string, { password }: RedisSite): string {
  return password === undefined ? '' : `${keyword} ${password}\n`;
}

/** Other hosts find each other's addresses by themselves; what clients are told has to outlive those. */
function announcement({ host }: RedisSite): string {
  if (host === undefined) return 'cluster-announce-ip 127.0.0.1\n';
  return `cluster-announce-hostname ${host}\ncluster-preferred-endpoint-type hostname\n`;
}
