import type { SystemTier } from '../system.ts';

/** What a route waits for when it is no tier of the plan; no tier can have this name. */
export const ELSEWHERE = '(elsewhere)';

/** A station that never makes anybody queue: time passes there, and that is all. */
export const ELSEWHERE_TIER: SystemTier = {
  id: ELSEWHERE,
  kind: 'external',
  instances: 1,
  servers: 1e9,
  discipline: 'fifo',
  service: { kind: 'deterministic', mean_s: 0 },
  concurrency: Infinity,
  queueLimit: Infinity,
  holdsServer: false,
  network: null,
  errorRate: 0,
  rateLimit: null,
  shedding: null,
  balance: 'round-robin',
  sharding: null,
  call: {
    timeout_s: Infinity,
    attempts: 1,
    backoff_s: 0,
    multiplier: 1,
    backoffMax_s: Infinity,
    jitter: false,
    pool: Infinity,
    breaker: null,
    optional: false,
  },
  cache: null,
  replication: null,
  failover: null,
  autoscale: null,
  redelivery_s: [],
};
