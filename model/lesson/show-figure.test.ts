import { expect, it } from 'vitest';
import { UnitTable } from '../units/unit.ts';
import { showFigure } from './show-figure.ts';

/** A number of units, shown in them, in others, or in what reads best. */
function shown(value: number, unit: string, as: string | null, digits?: number): string {
  const parse = (text: string) => {
    const parsed =
      text === '' ? { dimension: new Map<string, number>(), factor: 1, symbol: '' } : UnitTable.standard.parse(text);
    if ('unknown' in parsed) throw new Error(`${parsed.unknown} is no unit`);
    return parsed;
  };
  const { dimension, factor } = parse(unit);
  return showFigure(value * factor, dimension, as === null ? null : parse(as), digits);
}

it.each([
  [1, 'server', null, '1 server'],
  [9, 'server', null, '9 servers'],
  [0.5, 'server', null, '0.5 servers'],
  [2, 'query', null, '2 queries'],
  [1000, 'req', null, '1,000 requests'],
  [100, 'url', null, '100 URLs'],
  [10e6, 'user', null, '10 million users'],
  [1.25e9, 'url', 'urls', '1.25 billion URLs'],
  [5e6, 'order/day', 'order/day', '5 million orders a day'],
  [1, 'order/h', 'order/h', '1 order an hour'],
  [7000, 'req/s', null, '7,000 req/s'],
  [8.64, 'query/req', null, '8.64 query/req'],
  [20, 'req/user/day', 'req/user/day', '20 req/user/day'],
  [1.281, 'PB', null, '1.281 PB'],
  [1.281, 'PB', 'TB', '1,281 TB'],
  [110, 'ms', null, '110 ms'],
  [30, 'day', 'days', '30 days'],
  [1, 'year', 'years', '1 year'],
  [15, 'min', 'min', '15 minutes'],
  [12, 'h', null, '12 hours'],
  [1, 'h', null, '1 hour'],
  [45, 's', null, '45 s'],
  [4500, '$/month', null, '$4,500 a month'],
  [-207, '$/month', '$/month', '-$207 a month'],
  [0.028, '$/GB', '$/GB', '$0.028/GB'],
  [100, '$', null, '$100'],
  [80, '%', '%', '80 %'],
  [80, '%', null, '0.8'],
  [3, '', '', '3'],
  [3, '', 'times', '3 times'],
])('shows %d %s in %s as %s', (value, unit, as, text) => expect(shown(value, unit, as)).toBe(text));

it('rounds to as many digits as are asked for, in the unit that is shown', () => {
  expect(shown(48_123, 'query/s', null, 2)).toBe('48,000 query/s');
  expect(shown(6944.4, 'req/s', 'req/s', 1)).toBe('7,000 req/s');
  expect(shown(33.52, 's', 's', 2)).toBe('34 s');
  expect(shown(99.8634, '%', '%', 5)).toBe('99.863 %');
  expect(shown(1.28123, 'PB', null, 5)).toBe('1.2812 PB');
  expect(shown(6_944_444, 'user', null, 2)).toBe('6.9 million users');
});
