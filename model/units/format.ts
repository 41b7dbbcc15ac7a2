import { baseUnitSymbol } from './dimension.ts';
import type { Dimension } from './dimension.ts';

const BYTES = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** A number with about four significant digits and thousands separated: `6,944`, `0.083`, `2,314.8`. */
export function formatNumber(value: number, significant = 4): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  // Whole parts are never rounded away: 48,123 stays 48,123.
  const decimals = Math.min(12, Math.max(0, significant - 1 - magnitude));
  const [whole = '0', fraction = ''] = Math.abs(value).toFixed(decimals).split('.');
  const trimmed = fraction.replace(/0+$/, '');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${grouped}${trimmed ? `.${trimmed}` : ''}`;
}

/**
 * A value in base units with the unit that reads best: bytes as KB … EB, seconds as ms or days, money with `$`,
 * everything else in base units (`6,944 req/s`).
 */
export function formatQuantity(value: number, dimension: Dimension): string {
  return formatInBaseUnit(value, baseUnitSymbol(dimension));
}

/** The same for a base unit that is given as text, and with another number of significant digits. */
export function formatInBaseUnit(value: number, unit: string, significant = 4): string {
  const number = (scaled: number): string => formatNumber(scaled, significant);
  if (unit === '') return number(value);
  if (unit === 's') return formatSeconds(value, number);
  if (unit === 'USD' || unit.startsWith('USD/'))
    return `${value < 0 ? '-' : ''}$${number(Math.abs(value))}${unit.slice('USD'.length)}`;
  if (unit === 'B' || unit.startsWith('B/')) {
    const step = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)) / 3 + 1e-9);
    const index = Math.min(BYTES.length - 1, Math.max(0, step));
    return `${number(value / 1000 ** index)} ${BYTES[index]}${unit.slice(1)}`;
  }
  return `${number(value)} ${unit}`;
}

function formatSeconds(value: number, number: (scaled: number) => string): string {
  const size = Math.abs(value);
  if (size === 0) return '0 s';
  if (size < 1e-3) return `${number(value * 1e6)} µs`;
  if (size < 1) return `${number(value * 1e3)} ms`;
  if (size < 600) return `${number(value)} s`;
  if (size >= 3600 && size % 3600 === 0 && size < 48 * 3600) return `${number(value / 3600)} h`;
  if (size < 36_000) return `${number(value / 60)} min`;
  if (size < 48 * 3600) return `${number(value / 3600)} h`;
  return size < 730 * 86_400 ? `${number(value / 86_400)} days` : `${number(value / 86_400 / 365)} years`;
}
