/** From values to places along an axis, and the values worth a label. */
export interface PlotScale {
  readonly low: number;
  readonly high: number;
  /** 0 at `low`, 1 at `high`. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

const NICE = [1, 2, 2.5, 5, 10];

/** A linear scale from `low` to `high` with up to `count` round steps. */
export function linearScale(low: number, high: number, count: number): PlotScale {
  const step = niceStep((high - low) / count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => round((first + i) * step));
  return { low, high, at: (value) => (value - low) / (high - low), ticks };
}

/** The same, widened until both ends are round. It begins at 0 unless the values are far from it. */
export function widenedScale(lowest: number, highest: number, count: number): PlotScale {
  const near = lowest >= 0 && lowest < highest * FAR_FROM_ZERO;
  const flat = lowest === highest;
  const from = near || flat ? Math.min(0, lowest) : lowest;
  // All values 0: any height will do.
  const to = flat ? Math.max(0, highest) || (from === 0 ? 1 : 0) : highest;
  const step = niceStep((to - from) / count);
  return linearScale(round(Math.floor(from / step + 1e-9) * step), round(Math.ceil(to / step - 1e-9) * step), count);
}

/** A logarithmic scale with ticks at powers of ten, or at 1, 2, 5 where those are few; all values above 0. */
export function logScale(low: number, high: number, count: number): PlotScale {
  const [from, to] = [Math.log10(low), Math.log10(high)];
  const powers = Array.from({ length: Math.floor(to) - Math.floor(from) + 1 }, (_, i) => Math.floor(from) + i);
  const within = (values: readonly number[]): number[] =>
    values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
  const decades = within(powers.map((power) => 10 ** power));
  const finer = within(powers.flatMap((power) => [1, 2, 5].map((digit) => round(digit * 10 ** power))));
  const every = Math.max(1, Math.ceil(decades.length / count));
  const ticks = finer.length <= count ? finer : decades.filter((_, index) => index % every === 0);
  return { low, high, at: (value) => (Math.log10(value) - from) / (to - from), ticks };
}

/** A logarithmic scale widened to the next 1, 2 or 5. */
export function widenedLogScale(lowest: number, highest: number, count: number): PlotScale {
  const low = stepOut(lowest, -1);
  const high = stepOut(highest, 1);
  return logScale(low, high > low ? high : low * 10, count);
}

/** Values whose least is above this share of the greatest are shown without the empty part below them. */
const FAR_FROM_ZERO = 0.6;

function stepOut(value: number, way: 1 | -1): number {
  const power = Math.floor(Math.log10(value));
  const candidates = [1, 2, 5, 10].map((digit) => round(digit * 10 ** power));
  const beyond = (candidate: number): boolean =>
    way > 0 ? candidate >= value * (1 - 1e-9) : candidate <= value * (1 + 1e-9);
  return (way > 0 ? candidates.find(beyond) : candidates.findLast(beyond)) ?? value;
}

/** The least of 1, 2, 2.5 or 5 times a power of ten that is not below `least`. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  return round((NICE.find((digit) => digit * power >= least * (1 - 1e-9)) ?? 10) * power);
}

function round(value: number): number {
  return Number(value.toPrecision(12));
}
