import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';

const DIGITS = 4;
const MULTIPLES = [
  { least: 1e12, multiple: '' },
  { least: 1e9, multiple: 'bn' },
  { least: 1e6, multiple: 'M' },
  { least: 1e4, multiple: 'k' },
] as const;
const FACTORS = { bn: 1e9, M: 1e6, k: 1e3 } as const;

/** A number in four digits at most, large ones as plans may write them, too: `6,944`, `48k`, `2.031M`, `1.5e12`. */
export function compactNumber(value: number): string {
  const rounded = Number(value.toPrecision(DIGITS));
  const multiple = MULTIPLES.find(({ least }) => Math.abs(rounded) >= least)?.multiple;
  if (multiple === undefined) return formatNumber(rounded, DIGITS);
  if (multiple === '') return String(Number(rounded.toPrecision(DIGITS)).toExponential()).replace('e+', 'e');
  return `${formatNumber(rounded / FACTORS[multiple], DIGITS)}${multiple}`;
}

/** True for units whose amounts choose a readable one of their own. */
export function isScaled(unit: string): boolean {
  return unit === 's' || unit === 'B' || unit.startsWith('B/');
}

/** An amount in few characters: `2.031M user`, `77.2 %`, `$35k/month`, `5.35 GB/s`. */
export function compactAmount(value: number, unit: string): string {
  if (isScaled(unit)) return formatInBaseUnit(value, unit);
  if (unit === '%') return percentText(value / 100);
  if (unit.startsWith('USD')) return `$${compactNumber(value)}${unit.slice('USD'.length)}`;
  return unit === '' ? compactNumber(value) : `${compactNumber(value)} ${unit}`;
}
