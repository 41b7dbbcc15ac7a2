import type { ComparedRuns, Comparison } from './comparison.ts';

/** What comparisons come to: `worse` when anything is proven to have become worse, `unsure` when something cannot be told. */
export type ComparedOutcome = 'worse' | 'unsure' | 'fine';

/**
 * `worse` before `unsure`: what could not be told does not undo what is proven. What is shown besides is only looked at for proven changes,
 * and what neither side has says nothing; but a comparison without any metric that both have is `unsure`, never fine.
 */
export function comparedOutcome(compared: readonly ComparedRuns[]): ComparedOutcome {
  const all = compared.flatMap(({ comparisons }) => comparisons);
  if (all.some(({ direction }) => direction === 'worse')) return 'worse';
  const isTold = ({ comparisons }: ComparedRuns): boolean => comparisons.some(({ status }) => status !== 'no data');
  const hasGap = all.some((each) => each.besides === undefined && !isSettled(each));
  return hasGap || compared.length === 0 || !compared.every(isTold) ? 'unsure' : 'fine';
}

function isSettled({ status, before, after }: Comparison): boolean {
  if (status === 'no data') return before === undefined && after === undefined;
  return status !== 'too noisy';
}
