import { z } from 'zod';
import { key } from './key.ts';
import { FORMULA, TEXT, YES } from './scalars.ts';

/** What a visit after a miss looks like: again a visit. */
const MISS: z.ZodType = z.lazy(() => VISITS);

const VISIT = z.strictObject({
  to: key(TEXT, 'The tier', 'cache').optional(),
  times: key(FORMULA, 'How often, one after the other, on average (default: 1)', 2, 'order.statements').optional(),
  time: key(FORMULA, "Service time of this visit in place of the tier's", '80 ms').optional(),
  write: key(
    YES,
    'Whether it writes (default: to a database, when the request or message is a write)',
    'yes',
  ).optional(),
  keys: key(TEXT, 'The key space whose key it is about', 'products').optional(),
  hit: key(FORMULA, 'Share of look-ups that find something', '80 %').optional(),
  miss: key(MISS, 'What a look-up that finds nothing leads to', ['database']).optional(),
  fill: key(YES, 'Whether what a miss brought is stored by another visit (default: yes for `redis`)', 'no').optional(),
  miss_on_failure: key(YES, 'Whether it goes on as after a miss when the tier fails (default: yes)', 'no').optional(),
  publish: key(z.array(TEXT), 'Messages that it hands over, each with a route of its own', ['email']).optional(),
  wait: key(FORMULA, 'In place of `to`: time that passes at something that is no tier of the plan', '2 s').optional(),
});

const VISITS = z
  .array(z.union([TEXT, VISIT]))
  .min(1)
  .meta({
    id: 'visits',
    description: 'Tiers in the order of their visits',
    examples: [['load-balancer', 'app', 'database']],
  });

/** Routes by request class, kind of request, or message. */
export const ROUTES = z.record(
  z.string(),
  z.union([z.literal('none'), key(TEXT, 'The same as another route', 'read'), VISITS]),
);

export const KEY_SPACES = z.record(
  z.string(),
  z.strictObject({
    count: key(FORMULA, 'How many objects there are', 'products.count'),
    exponent: key(FORMULA, "Zipf's: how much more popular the first are (default: 0, all alike)", 0.99).optional(),
  }),
);
