import { loadPlan, loadScenario } from '../../api/files.ts';
import { stepOf } from '../../api/step-of.ts';
import { prepareSimulation } from '../../harness/prepare-simulation.ts';
import type { Load } from '../../model/simulator/load.ts';
import type { CallPolicy, System, SystemTier } from '../../model/simulator/system.ts';
import {
  PLAIN_CALL,
  deterministic,
  exponential,
  lookup,
  network,
  phase,
  poisson,
  requestClass,
  station,
  tier,
  visit,
} from '../../model/simulator/testing/systems.ts';

export interface Case {
  readonly system: System;
  readonly load: Load;
}

/** ρ is 0.8. */
const MMC = { arrivals_per_s: 800, service_s: 4 / 1000, servers: 4 };
/** G. Bolch et al., Queueing Networks and Markov Chains, 2nd ed. 2006, example 7.4: eleven visits a customer. */
const BOLCH = {
  arrivals_per_s: 4,
  stations: [
    { service_s: 0.04, visits: 5 },
    { service_s: 0.03, visits: 2.5 },
    { service_s: 0.06, visits: 2.5 },
    { service_s: 0.05, visits: 1 },
  ],
};

export function mm1(customers: number): Case {
  return { system: station(exponential(0.001)), load: poisson(800, customers / 800) };
}

export function mmc(customers: number): Case {
  const { arrivals_per_s, service_s, servers } = MMC;
  return {
    system: station(exponential(service_s), { servers }),
    load: poisson(arrivals_per_s, customers / arrivals_per_s),
  };
}

export function fourStations(customers: number): Case {
  const { arrivals_per_s, stations } = BOLCH;
  return { system: network(stations), load: poisson(arrivals_per_s, customers / arrivals_per_s) };
}

const TIMEOUT_S = 2;
const KEYS = { name: 'products', count: 1_000_000, exponent: 0.99 };

/** A scenario of ours, as `simulate` does it. */
export async function scenario(name: string, step: number, scale: number): Promise<Case> {
  const plan = await loadPlan('amazon-shop', { claims: false });
  const target = { plan, scenario: await loadScenario(name, plan), step: stepOf(plan, step), scale, seed: 1 };
  return prepareSimulation(target);
}

/** A gateway, app servers, a cache and a database that a fifth of the requests reaches; all calls have a timeout. */
export function fourTiers(rate_per_s: number, duration_s: number): Case {
  const each = rate_per_s / 0.65;
  const call: CallPolicy = { ...PLAIN_CALL, timeout_s: TIMEOUT_S };
  const tiers = [
    sized('gateway', 2, each, { call }),
    sized('app', Math.ceil(rate_per_s / 700), each, { call, discipline: 'processor-sharing' }),
    sized('cache', 3, each, { call, kind: 'redis' }),
    sized('database', 1, each * 0.2, { call, kind: 'postgres', servers: 16 }),
  ];
  const route = [
    visit(0, {
      nested: [visit(1, { nested: [visit(2, { lookup: lookup([visit(3)], { hitRatio: 0.8 }) })] })],
    }),
  ];
  const system: System = {
    classes: [requestClass(route, { timeout_s: TIMEOUT_S })],
    messages: [],
    tiers,
    keySpaces: [],
  };
  return { system, load: poisson(rate_per_s, duration_s) };
}

/** A tier whose instances together carry `capacity_per_s` visits. */
function sized(id: string, instances: number, capacity_per_s: number, but: Partial<SystemTier>): SystemTier {
  const { servers = 1 } = but;
  return tier(id, exponential((instances * servers) / capacity_per_s), {
    instances,
    network: deterministic(0.0005),
    ...but,
  });
}

/** The shop with everything at once: retries, breakers, pools, a keyed cache, replicas, failover, autoscaling, messages and a crash. */
export function wholeShop(rate_per_s: number, duration_s: number): Case {
  const tiers = shopTiers(rate_per_s);
  const look = visit(2, {
    lookup: lookup([visit(4)], { fillVisit: true }),
  });
  const write = visit(3, { operation: 'write', times: 2.5 });
  const through = (nested: readonly ReturnType<typeof visit>[], publish: readonly number[] = []) => [
    visit(0, { nested: [visit(1, { nested })], publish }),
  ];
  const system: System = {
    classes: [
      requestClass(through([look]), { name: 'read', share: 0.8, timeout_s: TIMEOUT_S, keys: 0 }),
      requestClass(through([look, write]), { name: 'write', share: 0.17, timeout_s: TIMEOUT_S, keys: 0 }),
      requestClass(through([write], [0]), { name: 'checkout', share: 0.03, timeout_s: 5, keys: 0 }),
    ],
    messages: [{ name: 'email', route: [visit(5)] }],
    tiers,
    keySpaces: [KEYS],
  };
  const crash = { kind: 'crash', tier: 3, instances: [0], from: null, factor: 1 } as const;
  const faults = [{ ...crash, at_s: duration_s / 2, until_s: duration_s }];
  return { system, load: poisson(0, 0, { phases: [phase(rate_per_s, duration_s, { name: 'peak' })], faults }) };
}

function shopTiers(rate_per_s: number): readonly SystemTier[] {
  const breaker = { failureShare: 0.5, minCalls: 100, window_s: 10, open_s: 5 };
  const call: CallPolicy = {
    ...PLAIN_CALL,
    timeout_s: 1,
    attempts: 2,
    backoff_s: 0.05,
    multiplier: 2,
    backoffMax_s: 1,
    jitter: true,
    breaker,
  };
  const instances = Math.ceil(rate_per_s / 700);
  const rule = { outAbove: 0.8, outAfter_s: 30, inBelow: 0.3, inAfter_s: 60, boot_s: 30 };
  const failover = { detection: deterministic(5), promotion: deterministic(5), standbys: 1 };
  const stampede = { policy: 'lock', retry_s: 0.01 } as const;
  return [
    sized('balancer', 1, rate_per_s * 4, { balance: 'round-robin' }),
    sized('app', instances, instances * 1000, {
      call,
      balance: 'least-connections',
      discipline: 'processor-sharing',
      concurrency: 1000,
      queueLimit: 5000,
      autoscale: { ...rule, min: instances, max: 2 * instances },
    }),
    sized('cache', 3, rate_per_s * 10, { call, kind: 'redis', cache: { entries: 100_000, ttl_s: 300, stampede } }),
    sized('database', 1, rate_per_s * 1.5, { call: { ...call, pool: 20 }, kind: 'postgres', servers: 16, failover }),
    sized('replicas', 3, rate_per_s * 1.5, {
      call: { ...call, pool: 20 },
      kind: 'postgres',
      servers: 8,
      replication: {
        primary: 3,
        lag: exponential(0.2),
        readYourWrites: { strategy: 'primary-within-window', window_s: 1 },
        synchronous: 0,
      },
    }),
    sized('workers', 2, rate_per_s * 0.06, {
      kind: 'worker',
      servers: 50,
      holdsServer: true,
      errorRate: 0.01,
      redelivery_s: [5, 25, 125],
    }),
  ];
}
