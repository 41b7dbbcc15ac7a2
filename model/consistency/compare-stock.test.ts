import { expect, test } from 'vitest';
import { compareStock } from './compare-stock.ts';
import type { StockAccount } from './compare-stock.ts';

const FINE: StockAccount = { product: '1', seeded: 10, sold: 4, reserved: 1, left: 5 };

test('what is sold, reserved and left is what there was', () => {
  const sold_out = { ...FINE, product: '2', sold: 9, left: 0 };
  expect(compareStock([FINE, sold_out])).toEqual({ products: 2, oversold: [], mismatched: [] });
});

test.each([
  ['negative stock', { sold: 11, reserved: 0, left: -1 }, { oversold: 1, mismatched: 0 }],
  ['the same piece sold twice', { sold: 5 }, { oversold: 0, mismatched: 1 }],
  ['more sold than there were', { sold: 12, left: 0 }, { oversold: 1, mismatched: 1 }],
  ['pieces gone that nobody has', { left: 3 }, { oversold: 0, mismatched: 1 }],
  ['pieces given back twice', { sold: 0, left: 10 }, { oversold: 0, mismatched: 1 }],
])('it catches %s', (_defect, change, counts) => {
  const { oversold, mismatched } = compareStock([FINE, { ...FINE, product: '7', ...change }]);
  expect({ oversold: oversold.length, mismatched: mismatched.length }).toEqual(counts);
  expect([...oversold, ...mismatched].every(({ product }) => product === '7')).toBe(true);
});
