import { formatNumber } from '../model/units/format.ts';
import type { Figure } from '../model/questions/simulation.ts';

const DIGITS = 3;
/** Below this digits say nothing. */
const LEAST = 0.001;
/** Nothing was seen. */
const NOTHING = '-';

/** A time with its interval in the same unit, in one digit: `212±3 ms`; `≥ 10 s`, which has none, where it may be more. */
export function timeText(figure: Figure | null, digits = DIGITS): string {
  if (!figure) return NOTHING;
  const { value, halfWidth95, atLeast } = figure;
  const { symbol, factor } = timeUnit(value);
  const least = atLeast ? '≥ ' : '';
  const half = atLeast || halfWidth95 === null || halfWidth95 === 0 ? '' : `±${formatNumber(halfWidth95 / factor, 1)}`;
  return `${least}${formatNumber(value / factor, digits)}${half} ${symbol}`;
}

/** A time without its interval: `212 ms`. */
export function bareTimeText(figure: Figure | null, digits = DIGITS): string {
  return timeText(figure && { ...figure, halfWidth95: null }, digits);
}

/** A rate to the whole, or in three digits where it is small. */
export function rateText(figure: Pick<Figure, 'value'> | null): string {
  if (!figure) return NOTHING;
  const { value } = figure;
  return value >= 100 ? formatNumber(Math.round(value)) : formatNumber(value, DIGITS);
}

/** A share in per cent: `0.042 %`, `< 0.001 %`. Almost all is not all: 99.97 % keeps what is missing. */
export function shareText(figure: Pick<Figure, 'value'> | null, digits = DIGITS): string {
  if (!figure) return NOTHING;
  const { value } = figure;
  if (value > 0 && value * 100 < LEAST) return `< ${LEAST} %`;
  return `${formatNumber(value * 100, value > 0.99 && value < 1 ? DIGITS + 1 : digits)} %`;
}

/** A number of visits: `12.3`, `< 0.001`. */
export function countText({ value }: Pick<Figure, 'value'>): string {
  return value > 0 && value < LEAST ? `< ${LEAST}` : formatNumber(value, DIGITS);
}

function timeUnit(seconds: number): { readonly symbol: string; readonly factor: number } {
  if (seconds > 0 && seconds < 1e-3) return { symbol: 'µs', factor: 1e-6 };
  return seconds < 1 ? { symbol: 'ms', factor: 1e-3 } : { symbol: 's', factor: 1 };
}
