import type { Judgement, Verdict } from '../model/judge/judge.ts';
import { STATUSES } from '../model/judge/outcome.ts';
import type { Status } from '../model/judge/outcome.ts';
import type { ValidityCheck } from '../model/judge/validity-check.ts';
import type { Layout } from './style.ts';
import { textWidth, wrapUnder } from './text-width.ts';
import { STATUS_SHOWN, emphasise, measurementText, verdictText } from './verdict-text.ts';

/** Verdicts first, then the outcome in a line, then what speaks against the run. Ends with a line end. */
export function judgementText(judgement: Judgement, layout: Layout): string {
  const breaches = judgement.validity.filter((check) => !check.ok);
  const column = columnOf(judgement.verdicts, layout.width);
  const verdicts = judgement.verdicts.map((verdict) => {
    const toldBelow = breaches.some((check) => check.detail === verdict.because);
    return verdictText(verdict, column, layout, !toldBelow);
  });
  const notes = breaches.map((check) => checkText(check, layout));
  return `${[...verdicts, outcomeText(judgement, layout), ...notes].join('\n')}\n`;
}

/** Where measurements begin: behind the longest criterion that leaves room for the longest measurement. */
function columnOf(verdicts: readonly Verdict[], width: number): number {
  const longest = Math.max(
    0,
    ...verdicts.map(({ criterion, measurement }) =>
      measurement ? textWidth(measurementText(criterion.metric, measurement)) : 0,
    ),
  );
  const columns = verdicts.map((verdict) => textWidth(verdict.criterion.text) + LEAD);
  return Math.max(0, ...columns.filter((column) => column + longest <= width));
}

/** The symbol with its space, and three spaces behind the criterion. */
const LEAD = 5;

const COUNTED: Readonly<Record<Status, string>> = {
  PASS: 'passed',
  FAIL: 'failed',
  INVALID: 'invalid',
  NO_DATA: 'without data',
  INCONCLUSIVE: 'inconclusive',
};

function outcomeText({ outcome, verdicts }: Judgement, { style }: Layout): string {
  if (outcome === 'NOT_JUDGED') return `${style.warn('NOT JUDGED')}: there was no criterion`;
  const counts = STATUSES.flatMap((status) => {
    const count = verdicts.filter((verdict) => verdict.status === status).length;
    return count === 0 ? [] : [`${count} ${COUNTED[status]}`];
  });
  const word = emphasise(outcome, STATUS_SHOWN[outcome].word, style);
  return `${word}: ${counts.length === 0 ? 'there was no criterion' : counts.join(', ')}`;
}

function checkText(check: ValidityCheck, { style, width }: Layout): string {
  const label = check.severity === 'invalid' ? style.bad('invalid') : style.warn('warning');
  const lines = [wrapUnder(`${label}[${check.name}]: `, check.detail, width)];
  if (check.help) lines.push(wrapUnder('  = help: ', check.help, width));
  return lines.join('\n');
}
