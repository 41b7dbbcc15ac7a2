/**
 * What the simulator simulates, as plain data: a queueing network with names. Built from a plan's step and a scenario by
 * `build/`, or by hand in a test; can be sent to a worker thread. Times are in seconds, rates per second, shares 0 to 1.
 * Tiers, key spaces and messages are referred to by their index.
 */
export interface System {
  readonly classes: readonly SystemClass[];
  readonly messages: readonly SystemMessage[];
  readonly tiers: readonly SystemTier[];
  readonly keySpaces: readonly KeySpace[];
}

/** Requests of one kind. */
export interface SystemClass {
  readonly name: string;
  /** Of all requests; all shares add up to 1. */
  readonly share: number;
  /** The user gives up after this; Infinity when never. What the request already set off goes on. */
  readonly timeout_s: number;
  readonly route: Route;
  /** The key space that one key is drawn from for each request; caches, shards and replicas of the route see that key. */
  readonly keys: number | null;
}

/** Work that a request leaves behind on a queue, done by a worker tier: the first visit of its route. */
export interface SystemMessage {
  readonly name: string;
  readonly route: Route;
}

/** Objects that are asked for with Zipf popularity: object k (from 1) with probability proportional to k^-exponent. */
export interface KeySpace {
  readonly name: string;
  readonly count: number;
  readonly exponent: number;
}

/** Visits that a caller makes one after the other. */
export type Route = readonly Visit[];

/**
 * One call of a tier. The instance first does its own work (`service`), then makes its `nested` calls, then answers. With
 * a look-up, a miss leads to the route `onMiss`, and the cache is filled.
 */
export interface Visit {
  readonly tier: number;
  /** How often, one after the other, on average: 2.5 is twice, and a third time with probability one half. */
  readonly times: number;
  readonly operation: 'read' | 'write';
  /** Service time of this visit; the tier's own when null. */
  readonly service: Distribution | null;
  /** Calls that this tier's instance makes while the visit goes on, after its own work. */
  readonly nested: Route;
  readonly lookup: Lookup | null;
  /** Messages handed over when the visit succeeds, by index; the caller does not wait for them. */
  readonly publish: readonly number[];
}

export interface Lookup {
  /** Probability of a hit; null when the tier's keyed cache decides. */
  readonly hitRatio: number | null;
  /** Calls that a miss leads to. */
  readonly onMiss: Route;
  /** Who makes them: the caller (cache-aside), or the tier itself (a CDN, a read-through cache). */
  readonly missBy: 'caller' | 'tier';
  /** Whether the caller spends another visit to the cache on storing the answer; a miss by the tier stores for free. */
  readonly fillVisit: boolean;
  /** When the cache tier cannot be reached: go on as after a miss (true), or fail. */
  readonly missOnFailure: boolean;
}

/** A service time or a delay. `cv` is the coefficient of variation, standard deviation over mean. */
export type Distribution =
  | { readonly kind: 'deterministic' | 'exponential'; readonly mean_s: number }
  | { readonly kind: 'lognormal' | 'gamma'; readonly mean_s: number; readonly cv: number }
  /** Equally likely values, linearly interpolated between neighbours in ascending order. */
  | { readonly kind: 'empirical'; readonly values_s: readonly number[] };

export interface SystemTier {
  readonly id: string;
  readonly kind: string;
  readonly instances: number;
  /** What an instance works on at once: cores, an event loop (1), worker slots. */
  readonly servers: number;
  readonly discipline: 'fifo' | 'processor-sharing';
  /** Own work of one visit, with nothing else there. */
  readonly service: Distribution;
  /** Visits that may be inside one instance at once, those that wait for another tier included; more wait. */
  readonly concurrency: number;
  /** Visits that may wait at one instance; more are refused. */
  readonly queueLimit: number;
  /** Whether a visit keeps its server while it waits for nested calls (a worker slot does, an event loop does not). */
  readonly holdsServer: boolean;
  /** One way from the caller; the same again for the answer. Null for no time at all. */
  readonly network: Distribution | null;
  /** Probability that a visit fails after its work. */
  readonly errorRate: number;
  readonly rateLimit: RateLimit | null;
  readonly shedding: Shedding | null;
  readonly balance: Balance;
  readonly sharding: Sharding | null;
  readonly call: CallPolicy;
  readonly cache: KeyedCache | null;
  readonly replication: Replication | null;
  readonly failover: Failover | null;
  readonly autoscale: AutoscaleRule | null;
  /** For a worker: delays before a failed message is tried again; then it is dead. */
  readonly redelivery_s: readonly number[];
}

/** A token bucket over the whole tier; a visit without a token is refused. */
export interface RateLimit {
  readonly rate_per_s: number;
  readonly burst: number;
}

/** With more than `waiting` visits waiting at the chosen instance, only the classes in `keep` (indices) are let in. */
export interface Shedding {
  readonly waiting: number;
  readonly keep: readonly number[];
}

export type Balance = 'round-robin' | 'least-connections' | 'random' | 'random-of-two' | 'hash';

/** Instances form `shards` groups of equal size, in order; a request's key chooses the group, `balance` the instance. */
export interface Sharding {
  readonly by: 'modulo' | 'consistent-hash';
  readonly shards: number;
}

/** How callers call the tier. */
export interface CallPolicy {
  /** For one attempt, waiting for a pooled connection included; Infinity for none. */
  readonly timeout_s: number;
  /** At most, the first one included. */
  readonly attempts: number;
  /** Before the second attempt; times `multiplier` before each further one, at most `backoffMax_s`. */
  readonly backoff_s: number;
  readonly multiplier: number;
  readonly backoffMax_s: number;
  /** Full jitter: uniform between 0 and the back-off (Brooker 2015). */
  readonly jitter: boolean;
  /** Connections that one calling instance has to this tier; further calls wait for one, first come, first served. */
  readonly pool: number;
  readonly breaker: Breaker | null;
  /** When all attempts failed, the caller goes on without an answer instead of failing. */
  readonly optional: boolean;
}

/** Opens when, in the last `window_s`, at least `minCalls` were made and `failureShare` of them failed. */
export interface Breaker {
  readonly failureShare: number;
  readonly minCalls: number;
  readonly window_s: number;
  /** Then calls fail at once for this long; after that one probe decides. */
  readonly open_s: number;
}

/** Least recently used goes first. All instances of the tier share it, as the nodes of a cluster do. */
export interface KeyedCache {
  readonly entries: number;
  /** Infinity for no expiry. */
  readonly ttl_s: number;
  readonly stampede: Stampede;
}

/**
 * What happens when many ask for a key that expired. `none`: each is a miss. `lock`: the first is a miss, others ask again
 * after `retry_s`. `xfetch`: refreshed early at random (Vattani et al., VLDB 2015), in the asking request.
 * `stale-while-revalidate`: the old value is served for `stale_s` while one request refreshes it.
 */
export type Stampede =
  | { readonly policy: 'none' }
  | { readonly policy: 'lock'; readonly retry_s: number }
  | { readonly policy: 'xfetch'; readonly beta: number }
  | { readonly policy: 'stale-while-revalidate'; readonly stale_s: number };

/** A tier of replicas. Reads of keys written within the lag are stale, and counted. */
export interface Replication {
  readonly primary: number;
  readonly lag: Distribution;
  /** Further lag when the replicas are overloaded is not modelled. */
  readonly readYourWrites: ReadYourWrites;
  /** Replicas that a write on the primary waits for; it then takes one lag longer and loses nothing at a failover. */
  readonly synchronous: number;
}

/**
 * `none`: all reads go to replicas. `primary-for-author`: reads by those who just wrote go to the primary: share
 * `authorShare` of all reads. `primary-within-window`: reads of keys written less than `window_s` ago go to the primary.
 * `cache-after-write`: a write stores its key in the cache of the route, so that its next reads are hits.
 */
export type ReadYourWrites =
  | { readonly strategy: 'none' | 'cache-after-write' }
  | { readonly strategy: 'primary-for-author'; readonly authorShare: number }
  | { readonly strategy: 'primary-within-window'; readonly window_s: number };

/** When an instance crashes: a stand-by takes its place after detection and promotion. Without, it comes back when repaired. */
export interface Failover {
  readonly detection: Distribution;
  readonly promotion: Distribution;
  /** Stand-bys there are; a tier of replicas gives one of its instances instead when this is null. */
  readonly standbys: number | null;
}

/** Thresholds are utilisations of the tier, sampled every second. */
export interface AutoscaleRule {
  readonly min: number;
  readonly max: number;
  readonly outAbove: number;
  readonly outAfter_s: number;
  readonly inBelow: number;
  readonly inAfter_s: number;
  readonly boot_s: number;
}
