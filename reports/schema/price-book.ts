import { z } from 'zod';
import { both, key } from './key.ts';
import { TEXT, VALUE } from './scalars.ts';
import { VALUE_KEYS } from './quantities.ts';

const PRICE = z.strictObject({
  ...VALUE_KEYS,
  value: key(VALUE, 'Money, for something or for a time', '$500/server/month', '$0.12/GB'),
});

const DISCOUNT = z.strictObject({
  ...VALUE_KEYS,
  value: key(VALUE, 'The share by which prices are less', '30 %'),
  on: key(z.array(TEXT), 'The items that it lowers', ['app.server']),
});

const ITEMS = z.record(z.string(), z.union([VALUE, both(PRICE, 'low', 'high').meta({ title: 'price' })]));

/** Prices of a plan's own in place of those of its book. */
export const OVERRIDE = ITEMS;

/** A price book file, as the reader in model/plan/read-price-book.ts accepts it. */
export const PRICE_BOOK_FILE = z.strictObject({
  prices: key(TEXT, "The book's name", 'my-cloud'),
  title: key(TEXT, 'As reports show it', 'List prices in Frankfurt').optional(),
  as_of: key(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), 'The day on which they were true', '2025-11-17'),
  items: key(ITEMS, 'Prices by name; `price.<name>` in formulas', {
    'app.server': '$500/server/month',
    'storage.object': { value: '$0.023/GB/month', source: 'price list' },
  }),
  discounts: key(
    z.record(z.string(), both(DISCOUNT, 'low', 'high')),
    'Discounts by name; a plan says which of them apply',
    { reserved: { value: '30 %', on: ['app.server'] } },
  ).optional(),
});
