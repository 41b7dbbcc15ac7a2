import type { Metric } from '../judge/metric.ts';
import type { Status } from '../judge/outcome.ts';
import { metricText } from '../judge/metric.ts';
import type { Verdict } from '../judge/judge.ts';
import type { TierKind } from '../topology/topology.ts';
import type { Case, Evidence } from './evidence.ts';
import { kindOf, tiersOf } from './tiers.ts';

/** A criterion says that something is too much; what else was seen says more of why. */
const OF_A_TIER = 0.5;
const OF_A_COUNTER = 0.4;

/** Whose counters and probes begin like this. Queries are left out: who makes too many of them is another question. */
const PREFIXES: Readonly<Record<string, TierKind>> = {
  cache: 'redis',
  redis: 'redis',
  cache_failover: 'redis',
  replica: 'postgres',
  replication: 'postgres',
  failover: 'postgres',
  broker: 'rabbitmq',
  effect: 'worker',
  effects: 'worker',
  image: 'cdn',
  cdn: 'cdn',
};

/** What the criteria name that failed: a tier whose processors or memory they limit, or whose counters they look at. */
export function failedCriteria(of: Case): Evidence[] {
  const verdicts = of.judgement?.verdicts ?? [];
  return verdicts.filter(({ status }) => status === 'FAIL').flatMap((verdict) => namedBy(of, verdict, verdicts));
}

function namedBy(of: Case, { criterion: { metric }, because }: Verdict, verdicts: readonly Verdict[]): Evidence[] {
  const told = `${metricText(metric)} failed: ${because}`;
  if (metric.kind === 'cpu' || metric.kind === 'memory' || metric.kind === 'memory_growth') {
    const isDatabase = kindOf(of, metric.tier) === 'postgres';
    return [
      {
        tier: metric.tier,
        weight: OF_A_TIER,
        because: told,
        followsFrom: tiersOf(of, isDatabase ? 'redis' : 'external'),
      },
    ];
  }
  const name = counterOf(metric) ?? ('class' in metric ? metric.class : undefined);
  if (name === undefined) return [];
  const kind = name.startsWith('database.queries') ? askerOf(verdicts) : PREFIXES[name.split('.')[0] ?? ''];
  const tier = kind === undefined ? undefined : tiersOf(of, kind).at(kind === 'postgres' ? -1 : 0);
  return tier === undefined ? [] : [{ tier, weight: OF_A_COUNTER, because: told }];
}

function counterOf(metric: Metric): string | undefined {
  if (metric.kind === 'ratio') return metric.part;
  return metric.kind === 'per_request' || metric.kind === 'counter' ? metric.counter : undefined;
}

/** Too many queries: the application's doing where the cache is known to answer well, nobody's where that was not looked at. */
function askerOf(verdicts: readonly Verdict[]): TierKind | undefined {
  const ratios = verdicts.filter(({ criterion: { metric } }) => counterOf(metric)?.startsWith('cache.'));
  const all = (status: Status): boolean => ratios.length > 0 && ratios.every((verdict) => verdict.status === status);
  if (all('PASS')) return 'express';
  return ratios.some(({ status }) => status === 'FAIL') ? 'redis' : undefined;
}
