import { z } from 'zod';
import { either, key, oneOf } from './key.ts';
import { FACTOR, LITERAL, NAME, PLAIN, TIME } from './scalars.ts';
import { NOTE, SOURCE, TITLE } from './texts.ts';

/** `Number` reads it. */
const MONTH = z.string().regex(/^\s*\+?[\d.]/);

const GROWTH_ITEM = either(
  z.strictObject({
    points: key(
      z.record(MONTH, LITERAL),
      'Months since launch, and the value then; between two points growth is geometric',
      { 0: '50,000 users', 24: '1M users' },
    ).optional(),
    rate: key(LITERAL, 'Growth behind the last point', '5 %/month').optional(),
    title: TITLE,
    source: SOURCE,
    note: NOTE,
  }),
  'points',
  'rate',
);

const SHARE = z.strictObject({
  from: key(TIME, 'Where this part begins', '6 h'),
  to: key(TIME, 'Where it ends', '12 h'),
  share: key(PLAIN, "Its share of the period's traffic", '30 %'),
});

const PATTERN = oneOf(
  z.strictObject({
    period: key(TIME, 'After which it begins anew', '1 day', '1 week'),
    shares: key(z.array(SHARE), "Shares of the period's traffic, which add up to 100 %", [
      { from: '0 h', to: '12 h', share: '30 %' },
      { from: '12 h', to: '24 h', share: '70 %' },
    ]).optional(),
    factors: key(z.record(z.string(), PLAIN), 'Equal parts of the period, in order, each relative to normal', {
      weekday: 1,
      weekend: 1.4,
    }).optional(),
    title: TITLE,
    source: SOURCE,
    note: NOTE,
  }),
  'shares',
  'factors',
);

const SPIKE = z.strictObject({
  factor: key(FACTOR, 'How many times the load of the moment', 5, '10..100'),
  duration: key(TIME, 'How long it lasts', '2 h'),
  title: TITLE,
  source: SOURCE,
  note: NOTE,
});

export const GROWTH = z.record(NAME, GROWTH_ITEM);
export const PATTERNS = z.record(z.string(), PATTERN);
export const SPIKES = z.record(z.string(), SPIKE);
