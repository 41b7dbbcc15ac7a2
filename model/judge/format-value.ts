import { formatNumber } from '../units/format.ts';
import type { Measurement } from './measurement.ts';
import type { MetricUnit } from './metric.ts';

/** HDR histograms hold three digits, so more would be invented. */
const DIGITS = 3;

/** Cloud bills count 730 hours a month; so do the units of plans. */
export const MONTH_S: number = 730 * 3600;

interface Display {
  readonly symbol: string;
  /** Base units per displayed unit. */
  readonly factor: number;
}

/** A value in the unit that reads best: `212 ms`, `0.42 %`, `6,944 req/s`, `1.5 core`. */
export function formatValue(value: number, unit: MetricUnit, digits = DIGITS): string {
  const { symbol, factor } = displayOf(value, unit);
  const number = formatNumber(value / factor, digits);
  return symbol === '' ? number : `${number} ${symbol}`;
}

/** A measurement's value with `≥` where the true one may be larger. */
export function formatMeasured(measurement: Measurement): string {
  return `${measurement.censored ? '≥ ' : ''}${formatValue(measurement.value, measurement.unit)}`;
}

/** The interval in the unit of the value it belongs to: `[205, 221]`, `[205, ≥ 500]`; empty when there is none. */
export function formatInterval(measurement: Measurement): string {
  const { interval95, value, unit } = measurement;
  if (!interval95) return '';
  const { factor } = displayOf(value === 0 ? interval95.high : value, unit);
  const digits = digitsApart(interval95.low / factor, interval95.high / factor);
  const edge = (each: number): string => formatNumber(each / factor, digits);
  return `[${edge(interval95.low)}, ${interval95.open ? '≥ ' : ''}${edge(interval95.high)}]`;
}

/** Value and threshold with as many digits as it takes to tell them apart: 6,999.9 is not shown as 7,000. */
export function formatAgainst(value: number, threshold: number, unit: MetricUnit): readonly [string, string] {
  const digits = digitsApart(value, threshold);
  return [formatValue(value, unit, digits), formatValue(threshold, unit, digits)];
}

const DIGITS_MAX = 9;

function digitsApart(a: number, b: number): number {
  if (a === b) return DIGITS;
  for (let digits = DIGITS; digits < DIGITS_MAX; digits++) {
    if (a.toPrecision(digits) !== b.toPrecision(digits)) return digits;
  }
  return DIGITS_MAX;
}

function displayOf(value: number, unit: MetricUnit): Display {
  switch (unit) {
    case 's':
      return timeDisplay(Math.abs(value));
    case 'share':
      return { symbol: '%', factor: 0.01 };
    case 'count':
      return { symbol: '', factor: 1 };
    case 'count/req':
      return { symbol: 'per req', factor: 1 };
    case 'req/s':
    case 'core':
      return { symbol: unit, factor: 1 };
    case 'USD/s':
      return { symbol: '$/month', factor: 1 / MONTH_S };
    case 'B':
    case 'B/s':
      return sizeDisplay(Math.abs(value), unit);
  }
}

function timeDisplay(seconds: number): Display {
  if (seconds > 0 && seconds < 1e-3) return { symbol: 'µs', factor: 1e-6 };
  return seconds < 1 ? { symbol: 'ms', factor: 1e-3 } : { symbol: 's', factor: 1 };
}

function sizeDisplay(bytes: number, unit: 'B' | 'B/s'): Display {
  const [prefix, factor] = bytes >= 1e9 ? ['G', 1e9] : bytes >= 1e6 ? ['M', 1e6] : bytes >= 1e3 ? ['k', 1e3] : ['', 1];
  return { symbol: `${prefix}${unit}`, factor };
}
