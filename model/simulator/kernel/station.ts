import { KeyedCacheState } from '../caches/keyed-cache-state.ts';
import { Autoscaler } from '../controls/autoscaler.ts';
import { ShardTable } from '../controls/shard-table.ts';
import { TokenBucket } from '../controls/token-bucket.ts';
import type { Balance, SystemTier } from '../system.ts';
import { Stream } from '../variates/stream.ts';
import { Variate } from '../variates/variate.ts';
import type { Deadlines } from './deadlines.ts';
import type { Instance } from './instance.ts';
import type { MessageQueue } from './message-queue.ts';
import { WriteLog } from './write-log.ts';

/** Among the callers that are cut off: all of them, users outside included. */
export const EVERYBODY = -1;

/** Policies that look at who is inside. */
const LOAD_AWARE: ReadonlySet<Balance> = new Set(['least-connections', 'random-of-two']);

/** Instances that are chosen from: all of a tier, or those of a shard. */
export class Group {
  readonly members: Instance[] = [];
  /** Those that visits are sent to. */
  listed: Instance[] = [];
  /** Where round-robin goes on. */
  turn = 0;
}

/** A tier at work: its instances, its random streams, what is wrong with it, and what is counted. */
export class Station {
  readonly index: number;
  readonly tier: SystemTier;
  readonly service: Variate;
  readonly network: Variate | null;
  readonly services: Stream;
  readonly networks: Stream;
  readonly errors: Stream;
  readonly balances: Stream;
  readonly backoffs: Stream;
  readonly lookups: Stream;
  readonly replicas: Stream;
  readonly failovers: Stream;
  readonly bucket: TokenBucket | null;
  readonly cache: KeyedCacheState | null;
  readonly shards: ShardTable | null;
  readonly autoscaler: Autoscaler | null;
  readonly deadlines: Deadlines | null;
  /** Of a worker: messages that wait. */
  readonly backlog: MessageQueue | null;
  readonly groups: readonly Group[];
  readonly instances: Instance[] = [];

  /** A tier of replicas: whose, and how far behind. */
  primary: Station | null = null;
  readonly lag: Variate | null;
  /** A primary: its replicas, and what was written. */
  readonly copies: Station[] = [];
  readonly writes = new WriteLog();
  /** The lag that its writes wait for; null when they wait for none. */
  synchronousLag: Variate | null = null;
  /** Whether its writes go into the caches of their keys too. */
  storesWrites = false;
  /** Whether a caller keeps something towards it: connections that are limited, or a circuit breaker. */
  readonly isLinked: boolean;
  /** Nobody minds when exactly a visit that has done its work leaves, as long as few are inside. */
  readonly isPlain: boolean;
  /** Stand-bys left. */
  standbys = 0;

  /** Faults that are on: further network delay each way, and the callers that are cut off, by index or EVERYBODY. */
  latency_s = 0;
  readonly cutOff: number[] = [];

  /** Counted from the start. */
  visits = 0;
  refused = 0;
  failed = 0;
  hits = 0;
  misses = 0;
  earlyRefreshes = 0;
  lockWaits = 0;
  reads = 0;
  staleReads = 0;
  writesLost = 0;
  /** Visits that went in and that left; the time that the latter spent inside; and the work that arrived, on average. */
  entered = 0;
  left = 0;
  residence_s = 0;
  offered_s = 0;

  /** Visits inside, waiting, and servers busy and there, now. */
  inside = 0;
  waiting = 0;
  busy = 0;
  capacity = 0;
  /** Calls that wait, at their callers, for a connection to it. */
  queued = 0;
  /** Their time integrals up to now are these plus the number times now: an arrival takes its time off, a departure adds its own. */
  insideArea_s = 0;
  waitingArea_s = 0;
  busyArea_s = 0;
  capacityArea_s = 0;

  constructor(
    index: number,
    tier: SystemTier,
    seed: number,
    deadlines: Deadlines | null,
    backlog: MessageQueue | null,
  ) {
    const stream = (source: string): Stream => new Stream(seed, `${source}:${tier.id}`);
    this.index = index;
    this.tier = tier;
    this.service = new Variate(tier.service);
    this.network = tier.network === null ? null : new Variate(tier.network);
    this.services = stream('service');
    this.networks = stream('network');
    this.errors = stream('errors');
    this.balances = stream('balance');
    this.backoffs = stream('backoff');
    this.lookups = stream('lookup');
    this.replicas = stream('replication');
    this.failovers = stream('failover');
    this.bucket = tier.rateLimit === null ? null : new TokenBucket(tier.rateLimit);
    this.cache = tier.cache === null ? null : new KeyedCacheState(tier.cache, this.lookups);
    this.shards = tier.sharding === null ? null : new ShardTable(tier.sharding);
    this.autoscaler = tier.autoscale === null ? null : new Autoscaler(tier.autoscale, tier.instances);
    this.groups = Array.from({ length: tier.sharding?.shards ?? 1 }, () => new Group());
    this.deadlines = deadlines;
    this.backlog = backlog;
    this.isLinked = tier.call.pool < Infinity || tier.call.breaker !== null;
    this.isPlain = !tier.holdsServer && tier.errorRate === 0 && backlog === null && !LOAD_AWARE.has(tier.balance);
    this.lag = tier.replication === null ? null : new Variate(tier.replication.lag);
    this.standbys = tier.failover?.standbys ?? 0;
  }
}
