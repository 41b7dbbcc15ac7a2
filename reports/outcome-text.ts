import type { GateJudgement } from '../model/gate/gate.ts';
import { formatNumber } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';
import type { Result } from './result.ts';
import { suitesOf } from './result-suites.ts';
import { SHOWN_STATUSES } from './verdict-text.ts';
import type { ShownStatus } from './verdict-text.ts';

const COUNTED: Readonly<Record<ShownStatus, string>> = {
  PASS: 'passed',
  FAIL: 'failed',
  INVALID: 'invalid',
  NO_DATA: 'without data',
  INCONCLUSIVE: 'inconclusive',
  NOT_RUN: 'not run',
  SKIPPED: 'skipped',
};

/** `2 passed, 1 failed`. */
export function countsText(lines: readonly { readonly status: ShownStatus }[]): string {
  const counts = SHOWN_STATUSES.flatMap((status) => {
    const count = lines.filter((line) => line.status === status).length;
    return count === 0 ? [] : [`${formatNumber(count)} ${COUNTED[status]}`];
  });
  return counts.length === 0 ? 'there was no criterion' : counts.join(', ');
}

/** `4 passed, 1 failed; score 80 %, wanted 100 %`: all that a result says yes or no to, and what a gate makes of it. */
export function resultCounts(result: Result): string {
  const counts = countsText(suitesOf(result).flatMap(({ cases }) => cases));
  return result.gate ? `${counts}${scoreText(result.gate)}` : counts;
}

/** `; score 80 %, wanted 100 %`; '' where it says no more than the counts. */
function scoreText({ verdicts, score, passScore }: GateJudgement): string {
  const isWeighted = passScore < 1 || verdicts.some(({ weight, must }) => weight !== 1 || must);
  return isWeighted ? `; score ${percentText(score)}, wanted ${percentText(passScore)}` : '';
}
