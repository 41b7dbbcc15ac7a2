import { z } from 'zod';
import { TIER_KINDS } from '../../model/topology/topology.ts';
import { BEHAVIOUR } from './behaviour.ts';
import { key } from './key.ts';
import { ROUTES } from './routes.ts';
import { COUNT, FORMULA, PLAIN, TEXT, TIME } from './scalars.ts';

const AUTOSCALE = z.strictObject({
  min: key(COUNT, 'Never fewer instances', 3),
  max: key(COUNT, 'Never more instances', 20),
  out_above: key(PLAIN, 'Utilisation above which one is added', '70 %'),
  out_after: key(TIME, 'For how long it has to be above', '2 min'),
  in_below: key(PLAIN, 'Utilisation below which one is taken away', '30 %'),
  in_after: key(TIME, 'For how long it has to be below', '5 min'),
  boot: key(TIME, 'From the decision until the instance carries load', '60 s'),
});

const TIER = z.strictObject({
  kind: key(
    z.enum(TIER_KINDS),
    '`nginx` stands for any load balancer or gateway, `express` for any app or service',
    'express',
  ),
  instances: key(
    z.union([z.string(), z.number().positive()]),
    'How many at the peak: a count, or a formula',
    9,
    'app.servers',
  ),
  max_instances: key(COUNT, 'How many it can have at most', 1).optional(),
  local_instances: key(COUNT, 'How many a stack on one machine starts (default: `instances`)', 3).optional(),
  calls: key(z.array(TEXT), 'The tiers that it calls', ['cache', 'database']).optional(),
  settings: key(z.record(z.string(), TEXT), 'What the kind understands; see infra/README.md', {
    balance: 'round-robin',
  }).optional(),
  demand: key(FORMULA, 'What the tier has to carry', 'traffic.requests.peak'),
  capacity: key(FORMULA, 'What one instance carries', '1,000 req/s/server'),
  headroom: key(FORMULA, 'Spare capacity to keep', '20 %').optional(),
  price: key(FORMULA, 'Money per time for one instance', '$500/server/month').optional(),
  autoscale: key(AUTOSCALE, 'When instances are added and taken away', {
    min: 3,
    max: 20,
    out_above: '70 %',
    out_after: '2 min',
    in_below: '30 %',
    in_after: '5 min',
    boot: '60 s',
  }).optional(),
  ...BEHAVIOUR,
});

const EXAMPLE = { kind: 'express', instances: 9, demand: 'traffic.peak', capacity: '1,000 req/s/server' };

const STEP = z.strictObject({
  step: key(COUNT, 'Its number', 1),
  name: key(TEXT, 'Its name', 'App servers and a database'),
  entry: key(TEXT, 'The tier where requests enter (default: the first)', 'load-balancer').optional(),
  tiers: key(z.record(z.string(), TIER), 'Its tiers by name', { app: EXAMPLE }),
  routes: key(ROUTES, 'What requests and messages visit: by request class, by `read` or `write`, by message', {
    read: ['load-balancer', 'app', { to: 'cache', hit: '80 %', miss: ['database'] }],
  }).optional(),
});

/** A later step may name single keys of a tier that is there already, or take the tier away. */
const LATER_STEP = STEP.extend({
  tiers: key(
    z.record(z.string(), z.union([z.literal('none'), TIER.partial()])),
    'Tiers that it adds, single keys of tiers that it changes, or `none` for a tier that it no longer has',
    { app: { instances: 12 }, cache: 'none' },
  ),
});

export const ARCHITECTURE = z.tuple([STEP.optional()]).rest(LATER_STEP);
