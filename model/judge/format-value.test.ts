import { expect, test } from 'vitest';
import { formatAgainst, formatInterval, formatMeasured, formatValue } from './format-value.ts';
import type { Measurement } from './measurement.ts';
import type { MetricUnit } from './metric.ts';

test.each<[number, MetricUnit, string]>([
  [0.2123, 's', '212 ms'],
  [0.000_95, 's', '950 µs'],
  [4.987, 's', '4.99 s'],
  [0, 's', '0 ms'],
  [0.0042, 'share', '0.42 %'],
  [6944.4, 'req/s', '6,944 req/s'],
  [0.25, 'count/req', '0.25 per req'],
  [12_345, 'count', '12,345'],
  [1.5, 'core', '1.5 core'],
  [123_456_789, 'B', '123 MB'],
  [1_500, 'B/s', '1.5 kB/s'],
  [0, 'B/s', '0 B/s'],
])('%d in %s is %s', (value, unit, text) => {
  expect(formatValue(value, unit)).toBe(text);
});

function measurement(change: Partial<Measurement>): Measurement {
  const window = { phases: ['peak'], start_s: 0, end_s: 60 };
  return { value: 0.212, unit: 's', samples: 10, censored: false, window, ...change };
}

test.each<[Partial<Measurement>, string, string]>([
  [{ interval95: { low: 0.205, high: 0.221 } }, '212 ms', '[205, 221]'],
  [{ interval95: { low: 0.2, high: 5, open: true }, censored: true }, '≥ 212 ms', '[200, ≥ 5,000]'],
  [{ value: 0, unit: 'share', interval95: { low: 0, high: 0.0038 } }, '0 %', '[0, 0.38]'],
  [{ interval95: { low: 0.21201, high: 0.21204 } }, '212 ms', '[212.01, 212.04]'],
  [{}, '212 ms', ''],
])('%j', (change, value, interval) => {
  expect(formatMeasured(measurement(change))).toBe(value);
  expect(formatInterval(measurement(change))).toBe(interval);
});

test('a value is never rounded onto its threshold', () => {
  expect(formatAgainst(6999.95, 7000, 'req/s')).toEqual(['6,999.9 req/s', '7,000 req/s']);
  expect(formatAgainst(0.49999, 0.5, 's')).toEqual(['499.99 ms', '500 ms']);
});
