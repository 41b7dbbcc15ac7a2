import { isCriterionProblem, parseCriterion } from '../../model/judge/criterion.ts';
import type { Measurement } from '../../model/judge/measurement.ts';
import { html } from './markup.ts';
import type { Content } from './markup.ts';

const WIDTH = 120;
const HEIGHT = 16;
/** Room for half a dot on either side. */
const EDGE = 4;

/**
 * How far a value is from its threshold at sight: the allowed side shaded, the threshold a line, the value a dot, its 95 % interval a bar. Decoration:
 * the numbers stand beside it. Nothing for criteria that this page cannot read, such as those with a plan's own units.
 */
export function marginStrip(text: string, measurement: Measurement | undefined): Content {
  const criterion = parseCriterion(text);
  if (!measurement || isCriterionProblem(criterion)) return null;
  const { threshold, operator } = criterion;
  const { value, interval95 } = measurement;
  const { low, high } = interval95 ?? { low: value, high: value };
  const end = extentOf(threshold, value, high);
  const x = (each: number): number =>
    Number((EDGE + Math.min(1, Math.max(0, each / end)) * (WIDTH - 2 * EDGE)).toFixed(1));
  const [from, to] = operator.startsWith('<') ? [0, x(threshold)] : [x(threshold), WIDTH];
  return html`<svg
    class="margin"
    aria-hidden="true"
    focusable="false"
    width="${WIDTH}"
    height="${HEIGHT}"
    viewBox="0 0 ${WIDTH} ${HEIGHT}"
  >
    <rect class="allowed" x="${from}" y="3" width="${Math.max(0, to - from)}" height="10" />
    <path class="threshold" d="M${x(threshold)} 0V${HEIGHT}" />
    <path class="interval" d="M${x(low)} 8H${x(high)}" />
    <circle cx="${x(value)}" cy="8" r="3" />
  </svg>`;
}

/** From 0 to where both fit with some room; beyond four times the threshold a value stays at the edge. */
function extentOf(threshold: number, value: number, high: number): number {
  if (threshold <= 0) return Math.max(high, value) * 1.25 || 1;
  return Math.max(threshold * 1.25, Math.min(threshold * 4, Math.max(high, value) * 1.1));
}
