import { SIMULATOR_CLAIMS } from '../../judge/claims.ts';
import { parseCriterion, isCriterionProblem } from '../../judge/criterion.ts';
import { judge } from '../../judge/judge.ts';
import type { Judgement } from '../../judge/judge.ts';
import { HEALTHY, classByHand, observationByHand } from '../../judge/observation-by-hand.ts';
import type { Observation } from '../../observation/observation.ts';
import type { RunSetting } from '../../setting/run-setting.ts';

/** Requests of the one phase that is judged, which lasts 60 s. */
export const REQUESTS = 6_000;
const SECONDS = 60;

/** What a request costs when all is well, in ms of processor time by tier, and what it makes of counters. */
const USUAL_MS = { 'load-balancer': 0.08, app: 0.6, cache: 0.05, database: 0.15 };
const USUAL_COUNTERS = { 'cache.hits': 0.6, 'cache.misses': 0.15, 'cache.errors': 0, 'database.queries': 0.4 };

export interface RunByHand {
  readonly cpu_ms?: Readonly<Record<string, number>>;
  readonly perRequest?: Readonly<Record<string, number>>;
  readonly change?: Partial<Observation>;
}

/** For tests: a run of the system of `SETTING` in which all was as usual but for what is said. */
export function runByHand({ cpu_ms = {}, perRequest = {}, change = {} }: RunByHand = {}): Observation {
  const counters = Object.entries({ ...USUAL_COUNTERS, ...perRequest }).map(([name, each]) => [name, each * REQUESTS]);
  const run = observationByHand([classByHand({ latencies: [[2_000, REQUESTS]] })], { generator: HEALTHY });
  const tiers = Object.entries({ ...USUAL_MS, ...cpu_ms }).map(([tier, ms]) => {
    const cpu_cores = (ms / 1000) * (REQUESTS / SECONDS);
    return { tier, series: [20, 40, 60].map((at_s) => ({ at_s, cpu_cores })) };
  });
  return {
    ...run,
    what: { ...run.what, environment: { cores: '2' } },
    phases: run.phases.map((phase) => ({ ...phase, counters: Object.fromEntries(counters) })),
    tiers,
    ...change,
  };
}

/** For tests: what `runByHand` was made on. */
export const SETTING: RunSetting = {
  name: 'with a cache',
  entry: 'load-balancer',
  tiers: [
    { id: 'load-balancer', kind: 'nginx', instances: 1, cores_each: 1 },
    { id: 'app', kind: 'express', instances: 1, cores_each: 1 },
    { id: 'cache', kind: 'redis', instances: 1, cores_each: 1 },
    { id: 'database', kind: 'postgres', instances: 1 },
  ],
  edges: [
    { from: 'load-balancer', to: 'app', visits_per_s: 100 },
    { from: 'app', to: 'cache', visits_per_s: 75 },
    { from: 'app', to: 'database', visits_per_s: 40 },
  ],
};

/** For tests: the run judged by criteria as they are written. */
export function judged(observation: Observation, ...criteria: readonly string[]): Judgement {
  const read = criteria.map((text) => {
    const criterion = parseCriterion(text);
    if (isCriterionProblem(criterion)) throw new Error(criterion.message);
    return criterion;
  });
  return judge(observation, read, SIMULATOR_CLAIMS);
}
