import type { Progress } from '../engines/engine.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';

/** One line of how a run goes: phase, time left, rate, p95 and errors so far. */
export function progressLine({ at_s, total_s, phase, rate_per_s, p95_us, errors }: Progress): string {
  const left = Math.max(0, Math.round(total_s - at_s));
  const p95 = formatInBaseUnit(p95_us / 1e6, 's');
  return `${phase}: ${left} s left, ${formatNumber(Math.round(rate_per_s))} req/s, p95 ${p95}, ${formatNumber(errors)} errors`;
}
