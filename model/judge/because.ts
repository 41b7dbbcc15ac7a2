import type { Criterion, Operator } from './criterion.ts';
import type { Decision } from './decide.ts';
import { meets } from './decide.ts';
import { formatAgainst, formatInterval, formatValue } from './format-value.ts';
import type { Measurement } from './measurement.ts';
import { shortName } from './metric.ts';
import { formatNumber } from '../units/format.ts';

const WORDS: Readonly<Record<Operator, string>> = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
};

/** One sentence with the numbers that the decision rests on; lower case, no full stop. */
export function becauseOf(criterion: Criterion, measurement: Measurement, decision: Decision): string {
  const name = shortName(criterion.metric);
  const [value, threshold] = formatAgainst(measurement.value, criterion.threshold, measurement.unit);
  const least = measurement.censored ? 'at least ' : '';
  const limit = `${WORDS[criterion.operator]} ${threshold}`;
  switch (decision) {
    case 'PASS':
      return `${name} is ${least}${value}, ${limit}`;
    case 'FAIL':
      return `${name} is ${least}${value}, not ${limit}`;
    case 'INCONCLUSIVE':
      return `${name} is ${least}${value}, ${doubt(criterion, measurement)}`;
  }
}

function doubt(criterion: Criterion, measurement: Measurement): string {
  const { interval95, samples, unit, censored } = measurement;
  const [, threshold] = formatAgainst(measurement.value, criterion.threshold, unit);
  if (interval95?.open || censored) {
    return `but requests that failed or never answered leave it open whether it is ${WORDS[criterion.operator]} ${threshold}`;
  }
  if (!interval95) return `but ${formatNumber(samples)} samples are too few for an interval`;
  const met = meets(measurement.value, criterion.operator, criterion.threshold);
  const side = met ? 'on the good side of' : 'on the bad side of';
  return `${side} ${formatValue(criterion.threshold, unit)} by less than chance explains: 95 % interval ${formatInterval(measurement)}`;
}

/** What would settle an INCONCLUSIVE criterion. */
export function helpOf(criterion: Criterion, measurement: Measurement, needed: number | undefined): string {
  if (measurement.censored || measurement.interval95?.open) {
    return 'let timeouts be longer than the threshold, or judge the error rate';
  }
  if (criterion.metric.kind === 'rate') return 'offer a little more than the rate to be shown, or run longer';
  if (needed === undefined) return 'the value is too near the threshold for any number of samples to tell';
  return `run longer, or at a higher rate: ${formatNumber(needed)} more samples are needed`;
}
