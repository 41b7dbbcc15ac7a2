import type { Spread } from '../model/estimate/spread.ts';
import { percentText } from './amount-text.ts';

/** The input that explains most of the spread, with its share. */
export function mostlyFrom(spread: Spread | undefined): string {
  if (!spread) return '';
  // Shares of variance are those of the samples that have a value, and say little where many have none.
  if (spread.unstable > 0) return `no value in ${percentText(spread.unstable)} of the samples`;
  const [first] = spread.ranking;
  return first ? `${wholePercent(first.share)} ${first.input}` : '';
}

export function wholePercent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
