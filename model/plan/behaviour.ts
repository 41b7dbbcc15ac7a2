import type { TierFormula } from './plan.ts';

/**
 * How a tier behaves under load, as the plan says it: what a simulation needs beyond demand and capacity. Numbers are
 * formulas over the plan's quantities, each null where the plan leaves it open; whoever builds on it knows the default.
 */
export interface Behaviour {
  readonly service: ServiceRule;
  readonly balance: BalanceName | null;
  readonly sharding: ShardingRule | null;
  readonly call: CallRule | null;
  readonly limit: LimitRule | null;
  readonly shed: ShedRule | null;
  readonly cache: CacheRule | null;
  readonly replication: ReplicationRule | null;
  readonly failover: FailoverRule | null;
  /** Times to wait before a message is handed out again. */
  readonly redelivery: readonly TierFormula[];
}

export const SHAPES = ['exponential', 'deterministic', 'lognormal', 'gamma'] as const;
export type Shape = (typeof SHAPES)[number];
export const DISCIPLINES = ['fifo', 'processor-sharing'] as const;
export type Discipline = (typeof DISCIPLINES)[number];
export const BALANCES = ['round-robin', 'least-connections', 'random', 'random-of-two', 'hash'] as const;
export type BalanceName = (typeof BALANCES)[number];
export const SHARDINGS = ['consistent-hash', 'modulo'] as const;
export const STAMPEDES = ['none', 'lock', 'xfetch', 'stale-while-revalidate'] as const;
export const READ_YOUR_WRITES = ['none', 'primary-for-author', 'primary-within-window', 'cache-after-write'] as const;

export interface ServiceRule {
  /** Of one visit on an idle instance. */
  readonly time: TierFormula | null;
  /** What an instance works on at once. */
  readonly servers: TierFormula | null;
  /** What one visit takes of the capacity. */
  readonly work: TierFormula | null;
  readonly distribution: Shape;
  /** Standard deviation over mean, for the shapes that have one to choose. */
  readonly cv: TierFormula | null;
  /** Times as measured, in place of `time` and a shape. */
  readonly values: readonly TierFormula[];
  readonly discipline: Discipline;
  readonly concurrency: TierFormula | null;
  readonly queue: TierFormula | null;
  readonly holdsServer: boolean;
  readonly network: TierFormula | null;
  readonly errors: TierFormula | null;
}

export interface ShardingRule {
  readonly by: (typeof SHARDINGS)[number];
  readonly shards: TierFormula;
}

/** How callers call the tier. */
export interface CallRule {
  readonly timeout: TierFormula | null;
  readonly attempts: TierFormula | null;
  readonly backoff: TierFormula | null;
  readonly multiplier: TierFormula | null;
  readonly backoffMax: TierFormula | null;
  readonly jitter: boolean;
  readonly pool: TierFormula | null;
  readonly optional: boolean;
  readonly breaker: BreakerRule | null;
}

export interface BreakerRule {
  readonly failures: TierFormula;
  readonly calls: TierFormula;
  readonly window: TierFormula;
  readonly open: TierFormula;
}

export interface LimitRule {
  readonly rate: TierFormula;
  readonly burst: TierFormula | null;
}

export interface ShedRule {
  readonly waiting: TierFormula;
  /** Request classes that are let in all the same. */
  readonly keep: readonly string[];
}

export interface CacheRule {
  readonly entries: TierFormula;
  readonly ttl: TierFormula | null;
  readonly stampede: (typeof STAMPEDES)[number];
  readonly retry: TierFormula | null;
  readonly beta: TierFormula | null;
  readonly stale: TierFormula | null;
}

export interface ReplicationRule {
  /** The tier that is written to. */
  readonly of: string;
  readonly lag: TierFormula;
  readonly lagDistribution: Shape;
  readonly lagCv: TierFormula | null;
  readonly readYourWrites: (typeof READ_YOUR_WRITES)[number];
  readonly window: TierFormula | null;
  readonly authorShare: TierFormula | null;
  readonly synchronous: TierFormula | null;
}

export interface FailoverRule {
  readonly detection: TierFormula;
  readonly promotion: TierFormula;
  readonly standbys: TierFormula | null;
}

/** Objects that requests ask for, with Zipf popularity. */
export interface KeysSpec {
  readonly count: TierFormula;
  /** Uniform without. */
  readonly exponent: TierFormula | null;
}

/** Visits that a caller makes one after the other; what they in turn call is nested in them. */
export type PlannedRoute = readonly PlannedVisit[];

export interface PlannedVisit {
  /** Null for a wait on something that is no tier of the plan; `time` is how long. */
  readonly tier: string | null;
  readonly times: TierFormula | null;
  /** Service time of this visit; the tier's own when null. */
  readonly time: TierFormula | null;
  /** Null when the kind of request decides. */
  readonly write: boolean | null;
  /** The key space whose key this visit is about. */
  readonly keys: string | null;
  readonly nested: PlannedRoute;
  readonly lookup: PlannedLookup | null;
  /** Messages handed over; each has a route of its own. */
  readonly publish: readonly string[];
}

export interface PlannedLookup {
  /** Null when the tier's own entries decide, by the visit's key. */
  readonly hit: TierFormula | null;
  readonly onMiss: PlannedRoute;
  readonly missBy: 'caller' | 'tier';
  readonly fill: boolean;
  readonly missOnFailure: boolean;
}
