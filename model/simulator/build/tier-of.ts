import { providedInstances } from '../../cost/step-cost.ts';
import type { CacheRule, CallRule, LimitRule, ReplicationRule } from '../../plan/behaviour.ts';
import type { ArchitectureStep, PlannedTier } from '../../plan/plan.ts';
import type { Balance, CallPolicy, Distribution, Failover, KeyedCache, RateLimit } from '../system.ts';
import type { ReadYourWrites, Replication, Shedding, Stampede, SystemTier } from '../system.ts';
import type { Figures } from './figures.ts';
import { serviceDistribution, shaped } from './service-of.ts';
import type { TierService } from './service-of.ts';

/** How nginx calls what it can do. */
const NGINX_BALANCES: Readonly<Record<string, Balance>> = {
  'round-robin': 'round-robin',
  'least-conn': 'least-connections',
  least_conn: 'least-connections',
  random: 'random',
  hash: 'hash',
  ip_hash: 'hash',
};
/** Before asking again for a value that somebody else is computing. */
const RETRY_S = 0.1;

/** What a tier has to know of the system around it. */
export interface Surroundings {
  readonly step: ArchitectureStep;
  readonly figures: Figures;
  readonly tierIndex: ReadonlyMap<string, number>;
  readonly classIndex: ReadonlyMap<string, number>;
}

/** A tier of a plan as the simulator has it; what the plan leaves open takes the language's defaults. */
export function tierOf(tier: PlannedTier, service: TierService, around: Surroundings): SystemTier {
  const { figures, tierIndex, classIndex } = around;
  const { behaviour, id, kind } = tier;
  const { service: rule, shed, sharding, failover } = behaviour;
  const shards = figures.count(sharding?.shards ?? null, 1);
  return {
    id,
    kind,
    // A setting may leave instances over that make no whole group.
    instances: Math.ceil(instancesOf(tier, figures) / shards) * shards,
    servers: service.servers,
    discipline: rule.discipline,
    service: serviceDistribution(rule, service.mean_s, figures),
    concurrency: figures.count(rule.concurrency, Infinity),
    queueLimit: figures.count(rule.queue, Infinity, 0),
    holdsServer: rule.holdsServer,
    network: rule.network && constant(figures.number(rule.network, 0)),
    errorRate: figures.share(rule.errors, 0),
    rateLimit: behaviour.limit && limitOf(behaviour.limit, figures),
    shedding: shed && sheddingOf(figures.count(shed.waiting, 0, 0), shed.keep, classIndex),
    balance: behaviour.balance ?? callersBalance(id, around.step) ?? 'round-robin',
    sharding: sharding && { by: sharding.by, shards },
    call: callOf(behaviour.call, figures),
    cache: behaviour.cache && cacheOf(behaviour.cache, figures),
    replication: behaviour.replication && replicationOf(behaviour.replication, tierIndex, figures),
    failover: failover && failoverOf(failover, figures),
    autoscale: tier.autoscale,
    redelivery_s: behaviour.redelivery.map((delay) => figures.number(delay, 0)),
  };
}

function instancesOf(tier: PlannedTier, figures: Figures): number {
  const instances = providedInstances(tier, figures.values);
  if (instances < 1) throw new RangeError(`\`${tier.id}\` has no instance`);
  return instances;
}

function constant(mean_s: number): Distribution {
  return { kind: 'deterministic', mean_s };
}

function callersBalance(id: string, { tiers }: ArchitectureStep): Balance | undefined {
  const caller = tiers.find(({ kind, calls }) => kind === 'nginx' && calls.includes(id));
  return NGINX_BALANCES[String(caller?.settings['balance'])];
}

function limitOf({ rate, burst }: LimitRule, figures: Figures): RateLimit {
  const rate_per_s = figures.number(rate, 0);
  return { rate_per_s, burst: figures.count(burst, Math.max(1, rate_per_s)) };
}

function sheddingOf(waiting: number, keep: readonly string[], classIndex: ReadonlyMap<string, number>): Shedding {
  return { waiting, keep: keep.flatMap((name) => classIndex.get(name) ?? []) };
}

function callOf(rule: CallRule | null, figures: Figures): CallPolicy {
  const breaker = rule?.breaker ?? null;
  return {
    timeout_s: figures.number(rule?.timeout ?? null, Infinity),
    attempts: figures.count(rule?.attempts ?? null, 1),
    backoff_s: figures.number(rule?.backoff ?? null, 0),
    multiplier: figures.number(rule?.multiplier ?? null, 2),
    backoffMax_s: figures.number(rule?.backoffMax ?? null, Infinity),
    jitter: rule?.jitter ?? false,
    pool: figures.count(rule?.pool ?? null, Infinity),
    optional: rule?.optional ?? false,
    breaker: breaker && {
      failureShare: figures.share(breaker.failures, 1),
      minCalls: figures.count(breaker.calls, 1),
      window_s: figures.number(breaker.window, 0),
      open_s: figures.number(breaker.open, 0),
    },
  };
}

function cacheOf(rule: CacheRule, figures: Figures): KeyedCache {
  const entries = figures.count(rule.entries, 1);
  return { entries, ttl_s: figures.number(rule.ttl, Infinity), stampede: stampedeOf(rule, figures) };
}

function stampedeOf(rule: CacheRule, figures: Figures): Stampede {
  switch (rule.stampede) {
    case 'none':
      return { policy: 'none' };
    case 'lock':
      return { policy: 'lock', retry_s: figures.number(rule.retry, RETRY_S) };
    case 'xfetch':
      return { policy: 'xfetch', beta: figures.number(rule.beta, 1) };
    case 'stale-while-revalidate':
      return { policy: 'stale-while-revalidate', stale_s: figures.number(rule.stale, 0) };
  }
}

function replicationOf(
  rule: ReplicationRule,
  tierIndex: ReadonlyMap<string, number>,
  figures: Figures,
): Replication | null {
  const primary = tierIndex.get(rule.of);
  if (primary === undefined) return null;
  return {
    primary,
    lag: shaped(rule.lagDistribution, figures.number(rule.lag, 0), rule.lagCv, figures),
    readYourWrites: readYourWritesOf(rule, figures),
    synchronous: figures.count(rule.synchronous, 0, 0),
  };
}

function readYourWritesOf(rule: ReplicationRule, figures: Figures): ReadYourWrites {
  const { readYourWrites: strategy } = rule;
  if (strategy === 'primary-for-author') return { strategy, authorShare: figures.share(rule.authorShare, 0) };
  if (strategy === 'primary-within-window') return { strategy, window_s: figures.number(rule.window, 0) };
  return { strategy };
}

function failoverOf(rule: NonNullable<PlannedTier['behaviour']['failover']>, figures: Figures): Failover {
  return {
    detection: constant(figures.number(rule.detection, 0)),
    promotion: constant(figures.number(rule.promotion, 0)),
    standbys: figures.count(rule.standbys, null, 0),
  };
}
