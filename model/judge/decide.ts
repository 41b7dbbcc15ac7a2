import type { Criterion, Operator } from './criterion.ts';
import type { Interval95 } from './intervals.ts';
import type { Measurement } from './measurement.ts';

export type Decision = 'PASS' | 'FAIL' | 'INCONCLUSIVE';

/**
 * PASS when every value that the measurement leaves possible meets the threshold, FAIL when none does. A value known only
 * from below (requests that never answered) can therefore fail a `<`, but never pass it.
 */
export function decide(criterion: Criterion, measurement: Measurement): Decision {
  const possible = possibleValues(criterion, measurement);
  if (!possible) return 'INCONCLUSIVE';
  const { operator, threshold } = criterion;
  const low = meets(possible.low, operator, threshold);
  const high = meets(possible.high, operator, threshold);
  // An open interval reaches on to infinity, which meets every `>` and no `<`.
  const above = possible.open ? operator.startsWith('>') : high;
  if (low && above) return 'PASS';
  return low || above ? 'INCONCLUSIVE' : 'FAIL';
}

export function meets(value: number, operator: Operator, threshold: number): boolean {
  switch (operator) {
    case '<':
      return value < threshold;
    case '<=':
      return value <= threshold;
    case '>':
      return value > threshold;
    case '>=':
      return value >= threshold;
  }
}

/** What the measurement leaves possible; undefined when too few samples leave everything so. */
function possibleValues(criterion: Criterion, measurement: Measurement): Interval95 | undefined {
  const { metric } = criterion;
  const { value, censored, interval95 } = measurement;
  const exact: Interval95 = { low: value, high: value, ...(censored ? { open: true } : {}) };
  switch (metric.kind) {
    case 'percentile':
    case 'mean':
      return interval95;
    case 'error_rate':
    case 'ratio':
      return atItsBorder(criterion) ? exact : interval95;
    case 'rate':
      return interval95 ? withoutWorse(criterion, value, interval95) : exact;
    case 'reached':
    case 'per_request':
    case 'counter':
    case 'cpu':
    case 'memory':
    case 'memory_growth':
    case 'utilisation':
    case 'recovery':
    case 'lost':
    case 'cost':
      // One run counts these exactly; several runs of the same may differ.
      return atItsBorder(criterion) ? exact : (interval95 ?? exact);
    case 'max':
      return exact;
  }
}

/** `<= 0 %` and `>= 100 %` ask whether any was seen: no number of samples proves that there never will be one. */
function atItsBorder({ operator, threshold }: Criterion): boolean {
  return (operator === '<=' && threshold === 0) || (operator === '>=' && threshold === 1);
}

/**
 * A rate is a count over a known time, so what was reached was reached. Only a miss is held against chance, because Poisson
 * arrivals at 7,000 req/s come in a little below 7,000 in every other run.
 */
function withoutWorse({ operator }: Criterion, value: number, interval: Interval95): Interval95 {
  return operator.startsWith('>') ? { low: value, high: interval.high } : { low: interval.low, high: value };
}
