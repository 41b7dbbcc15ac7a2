import type { DisplayUnit } from '../estimate/display-unit.ts';
import { inUnit } from '../estimate/display-unit.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import type { Dimension } from '../units/dimension.ts';
import { formatInBaseUnit, formatNumber } from '../units/format.ts';
import { plural } from '../units/plural.ts';

/** Bills are of a month, of 730 hours. */
const USD_PER_MONTH: DisplayUnit = { symbol: 'USD/month', factor: 1 / (730 * 3600) };

/** Times that are words: something takes `2 hours`, or happens so often `an hour`. */
const TIMES: Readonly<Record<string, string>> = {
  min: 'minute',
  h: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
};
/** What is shortened as a unit, written out where it is counted. */
const WRITTEN_OUT: Readonly<Record<string, string>> = { req: 'request', url: 'URL' };

/**
 * A value in base units as a sentence has it: `7,000 req/s`, `9 servers`, `10 million users`, `5 million orders a day`, `$4,500 a month`,
 * `80 %`. Without a unit in the one that reads best; with `digits` rounded to as many significant ones.
 */
export function showFigure(value: number, dimension: Dimension, unit: DisplayUnit | null, digits?: number): string {
  const round = (exact: number): number => (digits === undefined ? exact : Number(exact.toPrecision(digits)));
  const number: Write = (amount) => formatNumber(round(amount), digits);
  const chosen = unit ?? usualUnit(dimension);
  if (!chosen) return written(formatInBaseUnit(round(value), baseUnitSymbol(dimension), digits));
  const amount = inUnit(value, chosen);
  const { symbol } = chosen;
  if (/^(?:USD|\$)(?:\/|$)/.test(symbol)) return money(amount, symbol.replace(/^(?:USD|\$)/, ''), number);
  if (symbol === '') return number(amount);
  if (symbol === '%' && digits === undefined) return shareText(amount);
  if (symbol === 'x') return `${number(amount)} times`;
  return counted(amount, symbol, number) ?? `${number(amount)} ${symbol}`;
}

/** A percentage. Just below 100 % what is missing counts, so that it keeps two digits: 99.9986 %. */
export function shareText(percent: number): string {
  const missing = 100 - percent;
  const digits = missing > 0 && missing < 1 ? Math.min(12, 3 - Math.floor(Math.log10(missing))) : 4;
  return `${formatNumber(percent, digits)} %`;
}

type Write = (amount: number) => string;

/** Minutes and hours as words: `12 hours`, where a table has `12 h`. */
function written(shown: string): string {
  const [, number = '', unit = ''] = /^(\S+) (min|h)$/.exec(shown) ?? [];
  const time = TIMES[unit];
  return time ? `${number} ${number === '1' ? time : plural(time)}` : shown;
}

/** For what is read best in one unit whatever its size; null for what has one for each size, or a sign. */
export function usualUnit(dimension: Dimension): DisplayUnit | null {
  const symbol = baseUnitSymbol(dimension);
  if (symbol === 'USD/s') return USD_PER_MONTH;
  return isCounted(symbol) ? { symbol, factor: 1 } : null;
}

function isCounted(symbol: string): boolean {
  return /^[a-z]{3,}$/.test(symbol) && !(symbol in TIMES) && symbol !== 'bit';
}

function money(amount: number, per: string, number: Write): string {
  const time = TIMES[per.slice(1)];
  const sign = amount < 0 ? '-' : '';
  return `${sign}$${number(Math.abs(amount))}${time ? ` ${oneOf(time)}` : per}`;
}

/** `9 servers`, `30 days`, `5 million orders a day`; undefined for what is no count of things. */
function counted(amount: number, symbol: string, write: Write): string | undefined {
  const [noun = '', per, ...rest] = symbol.split('/');
  const time = per === undefined ? undefined : TIMES[per];
  if (!(isCounted(noun) || noun in TIMES) || rest.length > 0 || (per !== undefined && !time)) return undefined;
  const word = TIMES[noun] ?? writtenOut(noun);
  return `${countText(amount, word, write)}${time ? ` ${oneOf(time)}` : ''}`;
}

/** `9 servers`, `1 server`, `1.26 billion short addresses`. */
export function countText(amount: number, noun: string, write: Write = formatNumber): string {
  const number = inMillions(amount, write);
  return `${number} ${number === '1' ? noun : plural(noun)}`;
}

/** What a unit counts, as a word: `request` of `req`. */
export function writtenOut(noun: string): string {
  return WRITTEN_OUT[noun] ?? noun;
}

function inMillions(amount: number, write: Write): string {
  const size = Math.abs(amount);
  if (size >= 1e9) return `${write(amount / 1e9)} billion`;
  return size >= 1e6 ? `${write(amount / 1e6)} million` : write(amount);
}

function oneOf(time: string): string {
  return time === 'hour' ? 'an hour' : `a ${time}`;
}
