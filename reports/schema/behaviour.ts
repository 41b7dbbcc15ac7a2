import { z } from 'zod';
import { BALANCES, DISCIPLINES, READ_YOUR_WRITES, SHAPES, SHARDINGS, STAMPEDES } from '../../model/plan/behaviour.ts';
import { key } from './key.ts';
import { FORMULA, TEXT, YES } from './scalars.ts';

const NONE = z.literal('none');

const SERVICE = z.strictObject({
  time: key(FORMULA, 'Service time of a visit on an idle instance', '10 ms').optional(),
  servers: key(FORMULA, 'Visits that an instance works on at once', 4).optional(),
  work: key(FORMULA, 'What a visit takes of the capacity', 1, '20 KB').optional(),
  distribution: key(z.enum(SHAPES), 'How service times vary (default: `exponential`)', 'lognormal').optional(),
  cv: key(FORMULA, 'Standard deviation over mean, for `lognormal` and `gamma`', 1.5).optional(),
  values: key(z.array(FORMULA).min(1), 'Service times as measured, in place of `time` and `distribution`', [
    '1 ms',
    '2 ms',
    '9 ms',
  ]).optional(),
  discipline: key(
    z.enum(DISCIPLINES),
    'Who is served next (default: `processor-sharing` for `express`, else `fifo`)',
    'fifo',
  ).optional(),
  concurrency: key(
    FORMULA,
    'Visits inside an instance at once, those that wait for other tiers included',
    1000,
  ).optional(),
  queue: key(FORMULA, 'Visits that may wait at an instance; more are refused', 5000).optional(),
  holds_server: key(
    YES,
    'Whether a visit keeps its server while it calls others (default: workers do)',
    'yes',
  ).optional(),
  network: key(FORMULA, 'Time on the way to it, and again on the way back', '1 ms').optional(),
  errors: key(FORMULA, 'Share of visits that fails', '0.1 %').optional(),
});

const SHARDING = z.strictObject({
  by: key(z.enum(SHARDINGS), 'How a key finds its shard (default: `consistent-hash`)', 'modulo').optional(),
  shards: key(FORMULA, 'Groups of equal size that the instances form', 4),
});

const BREAKER = z.strictObject({
  failures: key(FORMULA, 'Share of calls that has to fail', '50 %'),
  calls: key(FORMULA, 'Calls that there have to be', 20),
  window: key(FORMULA, 'The time they are counted over', '10 s'),
  open: key(FORMULA, 'How long calls fail at once then', '30 s'),
});

const CALL = z.strictObject({
  timeout: key(FORMULA, 'How long a caller waits for one attempt', '2 s').optional(),
  attempts: key(FORMULA, 'How often it tries, the first time included (default: 1)', 3).optional(),
  backoff: key(FORMULA, 'How long it waits before the second attempt', '100 ms').optional(),
  multiplier: key(FORMULA, 'How much longer before each further one (default: 2)', 2).optional(),
  backoff_max: key(FORMULA, 'How long at most', '10 s').optional(),
  jitter: key(YES, 'Whether it waits anything up to that (default: no)', 'yes').optional(),
  pool: key(FORMULA, 'Connections that one calling instance has', 6).optional(),
  optional: key(YES, 'Whether it goes on without an answer (default: no)', 'no').optional(),
  breaker: key(BREAKER, 'When it stops calling for a while', {
    failures: '50 %',
    calls: 20,
    window: '10 s',
    open: '30 s',
  }).optional(),
});

const LIMIT = z.strictObject({
  rate: key(FORMULA, 'Visits that it takes', '100 req/s'),
  burst: key(FORMULA, 'Visits that it takes at once (default: those of a second)', 10).optional(),
});

const SHED = z.strictObject({
  waiting: key(FORMULA, 'Visits waiting at an instance from which on others are refused', 100),
  keep: key(z.array(TEXT), 'Request classes that are let in all the same', ['checkout']).optional(),
});

const CACHE = z.strictObject({
  entries: key(FORMULA, 'Entries that it holds; the least recently used one goes first', '100,000'),
  ttl: key(FORMULA, 'How long an entry lives', '1 h').optional(),
  stampede: key(
    z.enum(STAMPEDES),
    'What happens when many ask for an expired key (default: `none`)',
    'lock',
  ).optional(),
  retry: key(FORMULA, 'With `lock`, when the others ask again (default: 100 ms)', '50 ms').optional(),
  beta: key(FORMULA, 'With `xfetch`, how early it is refreshed (default: 1)', 1).optional(),
  stale: key(FORMULA, 'With `stale-while-revalidate`, how long the old value is served', '10 s').optional(),
});

const REPLICATION = z.strictObject({
  of: key(TEXT, 'The tier that is written to', 'database'),
  lag: key(FORMULA, 'How far replicas are behind', '500 ms'),
  lag_distribution: key(z.enum(SHAPES), 'How the lag varies (default: `exponential`)', 'lognormal').optional(),
  lag_cv: key(FORMULA, 'Standard deviation over mean, for `lognormal` and `gamma`', 2).optional(),
  read_your_writes: key(
    z.enum(READ_YOUR_WRITES),
    'How those who wrote see what they wrote (default: `none`)',
    'primary-within-window',
  ).optional(),
  window: key(FORMULA, 'With `primary-within-window`, how long after a write', '5 s').optional(),
  author_share: key(FORMULA, 'With `primary-for-author`, share of reads by those who just wrote', '5 %').optional(),
  synchronous: key(FORMULA, 'Replicas that a write waits for (default: 0)', 1).optional(),
});

const FAILOVER = z.strictObject({
  detection: key(FORMULA, 'Time until a crash is noticed', '10 s'),
  promotion: key(FORMULA, 'Time until another instance has taken over', '20 s'),
  standbys: key(FORMULA, 'Instances that stand by (default: a replica takes over)', 1).optional(),
});

/** A block stands for itself in the published schema: tiers of a first and of a later step share it. */
function block(id: string, schema: z.ZodType, description: string, example: unknown): z.ZodType {
  return key(z.union([NONE, schema.meta({ id })]), description, example).optional();
}

/** The keys of a tier that say how it behaves; `none` takes what an earlier step says away. */
export const BEHAVIOUR = {
  service: block('service', SERVICE, 'How it serves a visit', { time: '10 ms', distribution: 'lognormal', cv: 1.5 }),
  balance: key(
    z.union([NONE, z.enum(BALANCES)]),
    "How visits find one of its instances (default: the calling nginx's, else `round-robin`)",
    'least-connections',
  ).optional(),
  sharding: block('sharding', SHARDING, 'How its instances share keys', { by: 'consistent-hash', shards: 4 }),
  call: block('call', CALL, 'How callers call it', { timeout: '2 s', attempts: 3, backoff: '100 ms' }),
  limit: block('limit', LIMIT, 'A rate that it does not go beyond', { rate: '100 req/s', burst: 10 }),
  shed: block('shed', SHED, 'What it refuses when it is overloaded', { waiting: 100, keep: ['checkout'] }),
  cache: block('cache', CACHE, 'Entries that it keeps by key', { entries: '100,000', ttl: '1 h' }),
  replication: block('replication', REPLICATION, 'That it holds the replicas of another tier', {
    of: 'database',
    lag: '500 ms',
  }),
  failover: block('failover', FAILOVER, 'What takes the place of an instance that crashed', {
    detection: '10 s',
    promotion: '20 s',
  }),
  redelivery: key(z.union([NONE, z.array(FORMULA)]), 'When a worker tries a failed message again', [
    '5 s',
    '25 s',
  ]).optional(),
};
