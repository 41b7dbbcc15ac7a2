import type { Comparison } from './comparison.ts';

export interface Grounds {
  /** Of both sides. */
  readonly runs: readonly [number, number];
  /** How many metrics were compared. */
  readonly metrics: number;
  readonly pAdjusted: number;
}

/** Why a comparison came out as it did, with the numbers; one sentence, lower case, no full stop. */
export function becauseOf(comparison: Omit<Comparison, 'because'>, { runs, metrics, pAdjusted }: Grounds): string {
  const { status, shift, magnitude, unit } = comparison;
  const size = shift
    ? `${signed(shift.value, unit)} [${signed(shift.low, unit)}, ${signed(shift.high, unit)}]`
    : 'no interval';
  const limit = signed(magnitude, unit).replace('+', '');
  const of = `${runs[0]} and ${runs[1]} runs`;
  switch (status) {
    case 'changed':
      return `${size} in ${of}; by chance in ${chance(pAdjusted)} of such comparisons of ${counted(metrics, 'metric')}`;
    case 'unchanged':
      return `${size} in ${of}: within ${limit}`;
    case 'too noisy':
      return `${size} in ${of}: neither proven nor within ${limit}; ${howMany(comparison)}`;
    case 'no data':
      return 'there is nothing to compare';
  }
}

/** `+12.3 %`; of shares in points: `-0.5 points`. */
export function signed(shift: number, unit: string): string {
  const percent = (shift * 100).toFixed(Math.abs(shift) < 0.0995 ? 2 : 1).replace(/\.?0+$/, '');
  const sign = percent.startsWith('-') ? '-' : percent === '0' ? '' : '+';
  return `${sign}${percent.replace('-', '')} ${unit === 'share' ? 'points' : '%'}`;
}

function chance(p: number): string {
  return p < 0.0001 ? 'less than 0.01 %' : `${(p * 100).toPrecision(2)} %`;
}

function howMany({ runsNeeded }: Omit<Comparison, 'because'>): string {
  return runsNeeded === undefined
    ? 'no sensible number of runs would tell'
    : `about ${counted(runsNeeded, 'more run')} of each would tell`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
