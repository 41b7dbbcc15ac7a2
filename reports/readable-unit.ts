import { formatNumber } from '../model/units/format.ts';

interface ReadableUnit {
  readonly symbol: string;
  readonly factor: number;
}

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;
const TIMES: readonly ReadableUnit[] = [
  { symbol: 'years', factor: 365 * 86_400 },
  { symbol: 'days', factor: 86_400 },
  { symbol: 'h', factor: 3600 },
  { symbol: 'min', factor: 60 },
  { symbol: 's', factor: 1 },
  { symbol: 'ms', factor: 1e-3 },
];
const DIGITS = 4;
const DIGITS_MAX = 9;

/** The unit that reads best for the largest of several amounts, so that they can be compared at sight. */
export function readableUnit(values: readonly number[], unit: string): ReadableUnit {
  const largest = Math.max(...values.map(Math.abs));
  if (unit === 's' && largest > 0) {
    return TIMES.find(({ factor }) => largest >= 2 * factor) ?? { symbol: 'µs', factor: 1e-6 };
  }
  if ((unit === 'B' || unit.startsWith('B/')) && largest > 0) {
    const power = Math.min(BYTES.length - 1, Math.max(0, Math.floor(Math.log10(largest) / 3 + 1e-9)));
    return { symbol: `${BYTES[power]}${unit.slice(1)}`, factor: 1000 ** power };
  }
  return { symbol: unit.replace(/^USD/, '$'), factor: 1 };
}

/** Two numbers with as many digits as it takes to tell them apart: 6,999.9 is not shown as 7,000 beside 7,000. */
export function distinctNumbers(a: number, b: number): readonly [string, string] {
  for (let digits = DIGITS; digits < DIGITS_MAX; digits++) {
    const [first, second] = [formatNumber(a, digits), formatNumber(b, digits)];
    if (first !== second) return [first, second];
  }
  return [formatNumber(a, DIGITS_MAX), formatNumber(b, DIGITS_MAX)];
}
