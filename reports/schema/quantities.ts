import { z } from 'zod';
import { DISTRIBUTIONS } from '../../model/uncertainty/range.ts';
import { both, key } from './key.ts';
import { COUNT, FORMULA, LITERAL, NAME, TEXT, VALUE } from './scalars.ts';
import { NOTE, SOURCE, TITLE } from './texts.ts';

const UNIT = key(TEXT, 'The unit to show it in', 'req/s').optional();

/** A value that may be uncertain: of assumptions, prices and discounts. */
export const VALUE_KEYS = {
  value: key(VALUE, 'The number with its unit, or a range', '10M users', '2..5 KB'),
  low: key(LITERAL, 'The low end of what it may be; a bare number takes the unit of the value', 15).optional(),
  high: key(LITERAL, 'The high end of what it may be; a bare number takes the unit of the value', 30).optional(),
  distribution: key(
    z.enum(DISTRIBUTIONS),
    'How likely what lies between is; for normal and lognormal the ends are the 5th and 95th percentile',
    'triangular',
  ).optional(),
  title: TITLE,
  source: SOURCE,
  note: NOTE,
};

const ASSUMPTION = both(z.strictObject({ ...VALUE_KEYS, unit: UNIT }), 'low', 'high');

const DERIVATION = z.strictObject({
  formula: key(FORMULA, 'What it follows from', 'users.daily_active * requests.per_user'),
  unit: UNIT,
  title: TITLE,
  source: SOURCE,
  note: NOTE,
});

const COST = DERIVATION.extend({
  formula: key(FORMULA, 'Money per time', 'storage.images * $0.023/GB/month'),
  from: key(COUNT, 'The first step that pays it', 2).optional(),
  until: key(COUNT, 'The last step that pays it', 4).optional(),
});

export const ASSUME = z.record(NAME, z.union([VALUE, ASSUMPTION.meta({ title: 'assumption' })]));
export const DERIVE = z.record(NAME, z.union([FORMULA, DERIVATION.meta({ title: 'derivation' })]));
export const COSTS = z.record(NAME, z.union([FORMULA, COST.meta({ title: 'cost' })]));
