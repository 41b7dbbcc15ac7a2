export type DistributionName = 'uniform' | 'triangular' | 'pert' | 'normal' | 'lognormal';

export const DISTRIBUTIONS: readonly DistributionName[] = ['uniform', 'triangular', 'pert', 'normal', 'lognormal'];

/**
 * What is known of an uncertain number, in base units. For uniform, triangular and pert, low and high are the ends and
 * value is the mode (uniform ignores it). For normal and lognormal, low and high are the 5th and the 95th percentile and
 * value is ignored; lognormal needs low > 0. A normal range has no ends: a low near 0 makes some draws negative.
 */
export interface Range {
  readonly low: number;
  readonly value: number;
  readonly high: number;
  readonly distribution: DistributionName;
}
