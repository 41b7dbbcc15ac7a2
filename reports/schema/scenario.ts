import { z } from 'zod';
import { FAULT_KINDS } from '../../model/scenario/fault-keys.ts';
import { FAULT_PARTIES, FAULT_PARTS, FAULT_ROLES, PROFILES } from '../../model/scenario/scenario.ts';
import { key } from './key.ts';
import { COUNT, CRITERION, FORMULA, PLAIN, TEXT, TIME } from './scalars.ts';

const TRACE = z.union([
  z.array(FORMULA),
  z.strictObject({
    file: key(TEXT, 'A file beside the scenario: a rate in req/s on each line, or `seconds,rate`', 'friday.csv'),
  }),
]);

const PHASE = z.strictObject({
  name: key(TEXT, 'Its name', 'peak'),
  duration: key(TIME, 'How long it lasts', '60 s'),
  rate: key(FORMULA, 'Requests a second at its start: a number or a formula', '7,000 req/s', 'traffic.peak').optional(),
  to: key(FORMULA, 'Requests a second at its end (default: as at its start)', '7,000 req/s').optional(),
  spike: key(TEXT, 'A spike of the plan, or how many times `rate` it rises to', 'sale', '5x').optional(),
  rise: key(TIME, 'How long the spike rises (default: a tenth of the phase)', '30 s').optional(),
  fall: key(TIME, 'How long the spike falls (default: a tenth of the phase)', '30 s').optional(),
  pattern: key(
    z.union([TEXT, z.array(TEXT)]),
    'A pattern of the plan, drawn into the duration; several multiply each other',
    'daily',
    ['weekly', 'daily'],
  ).optional(),
  from: key(TIME, "Where in the pattern to begin (default: at the period's start)", '18 h').optional(),
  until: key(TIME, "Where in the pattern to end (default: at the period's end)", '22 h').optional(),
  peak: key(FORMULA, "Requests a second of the pattern's highest part, in place of `rate`", '7,000 req/s').optional(),
  trace: key(TRACE, 'Rates one after the other, drawn into the duration', ['100 req/s', '250 req/s'], {
    file: 'friday.csv',
  }).optional(),
  users: key(COUNT, 'Of a closed loop: how many ask at once (default: `connections`)', 500).optional(),
  think: key(TIME, 'Of a closed loop: how long a user waits before the next request', '1 s').optional(),
  judged: key(
    z.literal([true, false, 'yes', 'no', 'true', 'false']),
    'Whether the criteria look at it (default: yes)',
    'no',
  ).optional(),
  probe: key(TEXT, 'What drives the phase instead of requests at a rate; it needs live servers', 'stampede').optional(),
  with: key(z.record(z.string(), z.union([TEXT, PLAIN])), 'Parameters of the probe', { requests: 1000 }).optional(),
  target: key(TEXT, 'The tier whose first instance is driven (default: where requests enter)', 'app').optional(),
});

const BURSTY = z.strictObject({
  bursty: key(PLAIN, 'How many times the rate between bursts; the mean stays as stated', '5x'),
  on: key(TIME, 'How long a burst lasts on average', '1 s'),
  off: key(TIME, 'How long there is none, on average', '9 s'),
});

const FAULT = z.strictObject({
  fault: key(z.enum(FAULT_KINDS), 'What goes wrong', 'crash', 'slow'),
  tier: key(TEXT, 'Where', 'database'),
  instances: key(z.union([COUNT, z.literal('all')]), 'How many of its instances (default: 1)', 2, 'all').optional(),
  in: key(TEXT, 'The phase that `at` counts from (default: the start of the scenario)', 'peak').optional(),
  at: key(TIME, 'When it begins', '30 s').optional(),
  for: key(TIME, 'How long it lasts (default: to the end)', '20 s').optional(),
  factor: key(PLAIN, 'Of `slow`: how many times as long work takes', '10x').optional(),
  share: key(PLAIN, 'Of `errors`: the share of visits that fail', '50 %').optional(),
  from: key(TEXT, 'Of `partition`, `latency`, `bandwidth`: the caller at the other end', 'app').optional(),
  by: key(TIME, 'Of `latency`: how much longer the network takes each way', '200 ms').optional(),
  at_most: key(TEXT, 'Of `bandwidth` and `limit`: what is let through', '1 MB/s', '10 req/s').optional(),
  part: key(z.enum(FAULT_PARTS), 'Of a database with replicas: which of its processes', 'postmaster').optional(),
  role: key(z.enum(FAULT_ROLES), 'What the instances are at that moment', 'primary').optional(),
  shard: key(COUNT, 'Which of several shards', 2).optional(),
  party: key(z.enum(FAULT_PARTIES), 'Which third party (default: all)', 'payment').optional(),
});

const STEP = z.strictObject({
  request: key(TEXT, 'The request class', 'login'),
  think: key(
    z.union([TIME, z.strictObject({ mean: key(TIME, 'How long on average; exponentially distributed', '2 s') })]),
    'The pause after the answer (default: none)',
    '2 s',
    { mean: '2 s' },
  ).optional(),
  keep: key(
    z.record(z.string(), TEXT),
    'What later steps use as `${session.NAME}`: a path in the JSON answer, or `header:NAME`',
    { token: 'token' },
  ).optional(),
  path: key(z.string().regex(/^\//), "In place of the class's", '/orders/${session.order}').optional(),
  headers: key(z.record(z.string(), TEXT), "Beside the class's, or in their place", {
    authorization: 'Bearer ${session.token}',
  }).optional(),
  body: key(z.record(z.string(), z.unknown()), "In place of the class's", { quantity: 1 }).optional(),
});

const JOURNEY = z.strictObject({
  share: key(PLAIN, 'Share of all journeys; all shares add up to 100 %', '30 %'),
  steps: key(z.array(STEP), 'Requests, one after the other', [{ request: 'product' }]),
});

/** A scenario file, as the reader in model/scenario accepts it. Which engines there are is for the caller to say. */
export function scenarioFile(engines: readonly string[]): z.ZodObject {
  return z.strictObject({
    scenario: key(TEXT, "The scenario's name", 'peak'),
    title: key(TEXT, 'As reports show it', 'The peak of a Saturday').optional(),
    plan: key(TEXT, 'The plan that it is for', 'my-shop').optional(),
    steps: key(z.array(COUNT), "The steps that it applies to (default: all of the plan's)", [1, 2]).optional(),
    engine: key(z.enum(engines), 'What drives the load (default: open-loop)', 'open-loop').optional(),
    arrivals: key(
      z.union([z.enum(['poisson', 'uniform']), BURSTY]),
      'When requests arrive (default: poisson)',
      'poisson',
      { bursty: '5x', on: '1 s', off: '9 s' },
    ).optional(),
    phases: key(z.array(PHASE), 'What happens, one phase after the other', [
      { name: 'ramp', duration: '20 s', rate: '100 req/s', to: '1,000 req/s', judged: 'no' },
      { name: 'steady', duration: '60 s', rate: '1,000 req/s' },
    ]),
    faults: key(z.array(FAULT), 'What goes wrong, and when', [
      { fault: 'crash', tier: 'app', at: '30 s', for: '20 s' },
    ]).optional(),
    mix: key(z.record(z.string(), PLAIN), "Shares of request classes (default: the plan's)", {
      search: '100 %',
    }).optional(),
    journeys: key(z.record(z.string(), JOURNEY), 'What users do, request by request (default: a mix of requests)', {
      buy: { share: '100 %', steps: [{ request: 'product', think: '2 s' }, { request: 'checkout' }] },
    }).optional(),
    connections: key(COUNT, 'Connections that the generator may open (default: 128)', 512).optional(),
    in_flight_cap: key(COUNT, 'Requests under way at most (default: 2000)', 4000).optional(),
    generators: key(COUNT, 'Processes that share the load on live servers (default: 1)', 2).optional(),
    settings: key(
      z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
      "Settings of tiers on live servers, on top of the plan's; `instances` is how many are started",
      { cache: { instances: 1 } },
    ).optional(),
    live_scale: key(PLAIN, 'Share of the rates that live servers are driven with (default: all)', '20 %').optional(),
    profile: key(
      z.enum(PROFILES),
      'Whether `verify` runs it (`short`), or `verify --full` alone (the default)',
      'short',
    ).optional(),
    data: key(z.literal('fresh'), 'Live servers get data that no other run has written to', 'fresh').optional(),
    watch: key(z.array(TEXT), 'What looks on while load runs on live servers', ['failover']).optional(),
    checks: key(z.array(TEXT), 'What is looked at on live servers afterwards', ['writes', 'stock']).optional(),
    expect: key(z.array(CRITERION), 'What has to hold', ['p95(latency) < 500 ms', 'error_rate < 0.1 %']).optional(),
  });
}
