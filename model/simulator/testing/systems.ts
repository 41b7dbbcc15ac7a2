import type { What } from '../../observation/observation.ts';
import type { Load, LoadPhase } from '../load.ts';
import type {
  CallPolicy,
  Distribution,
  KeySpace,
  Lookup,
  Route,
  System,
  SystemClass,
  SystemMessage,
  SystemTier,
  Visit,
} from '../system.ts';

/** What a run made by hand says of itself. */
export const BY_HAND: What = {
  plan: 'by hand',
  step: 1,
  scenario: 'by hand',
  scale: 1,
  seed: 1,
  executor: 'simulator',
  engine: 'simulator',
  profile: 'documents',
  environment: {},
};

/** One attempt, no timeout, as many connections as are wanted. */
export const PLAIN_CALL: CallPolicy = {
  timeout_s: Infinity,
  attempts: 1,
  backoff_s: 0,
  multiplier: 1,
  backoffMax_s: 0,
  jitter: false,
  pool: Infinity,
  breaker: null,
  optional: false,
};

export function exponential(mean_s: number): Distribution {
  return { kind: 'exponential', mean_s };
}

export function deterministic(mean_s: number): Distribution {
  return { kind: 'deterministic', mean_s };
}

/** One instance with one server, first come first served, without limits and without a network. */
export function tier(id: string, service: Distribution, but: Partial<SystemTier> = {}): SystemTier {
  return {
    id,
    kind: 'express',
    instances: 1,
    servers: 1,
    discipline: 'fifo',
    service,
    concurrency: Infinity,
    queueLimit: Infinity,
    holdsServer: false,
    network: null,
    errorRate: 0,
    rateLimit: null,
    shedding: null,
    balance: 'round-robin',
    sharding: null,
    call: PLAIN_CALL,
    cache: null,
    replication: null,
    failover: null,
    autoscale: null,
    redelivery_s: [],
    ...but,
  };
}

/** One read, with the tier's own service time. */
export function visit(tierIndex: number, but: Partial<Visit> = {}): Visit {
  return {
    tier: tierIndex,
    times: 1,
    operation: 'read',
    service: null,
    nested: [],
    lookup: null,
    publish: [],
    ...but,
  };
}

/** A look-up whose caller asks the route `onMiss` after a miss; the keyed cache decides unless a hit ratio is given. */
export function lookup(onMiss: Route, but: Partial<Lookup> = {}): Lookup {
  return { hitRatio: null, onMiss, missBy: 'caller', fillVisit: false, missOnFailure: true, ...but };
}

/** All requests, from users with endless patience. */
export function requestClass(route: Route, but: Partial<SystemClass> = {}): SystemClass {
  return { name: 'request', share: 1, timeout_s: Infinity, route, keys: null, ...but };
}

/** Tiers that all requests visit along one route: once each, in order, unless told otherwise. */
export function system(
  tiers: readonly SystemTier[],
  route: Route = tiers.map((_, index) => visit(index)),
  but: Partial<System> & { readonly keys?: KeySpace; readonly message?: SystemMessage } = {},
): System {
  const { keys, message, ...rest } = but;
  return {
    classes: [requestClass(route, { keys: keys === undefined ? null : 0 })],
    messages: message === undefined ? [] : [message],
    tiers,
    keySpaces: keys === undefined ? [] : [keys],
    ...rest,
  };
}

/** One tier alone: the queue of the text books. */
export function station(service: Distribution, but: Partial<SystemTier> = {}): System {
  return system([tier('station', service, but)]);
}

/**
 * A Jackson network whose requests visit station k `visits` times on average, one after the other. The order does not
 * matter for its means, as long as every visit to a station takes equally long on average (F. P. Kelly 1979).
 */
export function network(
  stations: readonly { readonly service_s: number; readonly visits: number; readonly servers?: number }[],
): System {
  return system(
    stations.map(({ service_s, servers = 1 }, k) => tier(`station-${k + 1}`, exponential(service_s), { servers })),
    stations.map(({ visits }, k) => visit(k, { times: visits })),
  );
}

/** A judged phase at a constant rate. */
export function phase(rate_per_s: number, duration_s: number, but: Partial<LoadPhase> = {}): LoadPhase {
  return {
    name: 'steady',
    judged: true,
    pieces: [{ duration_s, rate_per_s, rate_end_per_s: rate_per_s }],
    duration_s,
    closed: null,
    target: null,
    ...but,
  };
}

/** Poisson arrivals at a constant rate, in one judged phase. */
export function poisson(rate_per_s: number, duration_s: number, but: Partial<Load> = {}): Load {
  return { process: { kind: 'poisson' }, phases: [phase(rate_per_s, duration_s)], faults: [], ...but };
}

/** Evenly spaced arrivals at a constant rate, in one judged phase. */
export function even(rate_per_s: number, duration_s: number, but: Partial<Load> = {}): Load {
  return poisson(rate_per_s, duration_s, { process: { kind: 'uniform' }, ...but });
}

/** A fixed number of users, who think between an answer and their next request, in one judged phase. */
export function closedLoop(users: number, think_s: number, duration_s: number): Load {
  return poisson(0, duration_s, { phases: [phase(0, duration_s, { pieces: [], closed: { users, think_s } })] });
}
