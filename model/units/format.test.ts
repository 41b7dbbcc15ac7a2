import { describe, expect, it } from 'vitest';
import { formatInBaseUnit, formatNumber } from './format.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [6944.444, '6,944'],
    [2314.81, '2,315'],
    [48_123, '48,123'],
    [1_234_567.8, '1,234,568'],
    [0.0831234, '0.08312'],
    [-12.5, '-12.5'],
    [9, '9'],
    [100, '100'],
  ])('writes %d as %s', (value, text) => expect(formatNumber(value)).toBe(text));
});

describe('formatInBaseUnit', () => {
  it.each([
    [1.281e15, 'B', '1.281 PB'],
    [999, 'B', '999 B'],
    [1000, 'B', '1 KB'],
    [5.347e9, 'B/s', '5.347 GB/s'],
    [0, 'B', '0 B'],
    [0.11, 's', '110 ms'],
    [0.00001, 's', '10 µs'],
    [3600, 's', '1 h'],
    [157_680_000, 's', '5 years'],
    [355_000, 'USD', '$355,000'],
    [6944.4, 'req/s', '6,944 req/s'],
    [0.8, '', '0.8'],
  ])('writes %d %s as %s', (value, unit, text) => expect(formatInBaseUnit(value, unit)).toBe(text));
});
