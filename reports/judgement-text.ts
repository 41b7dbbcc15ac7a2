import type { Judgement } from '../model/judge/judge.ts';
import type { Outcome } from '../model/judge/outcome.ts';
import type { ValidityCheck } from '../model/judge/validity-check.ts';
import { countsText } from './outcome-text.ts';
import type { Layout, Style } from './style.ts';
import { textWidth, wrapUnder } from './text-width.ts';
import { SHOWN_OUTCOME, lineOfVerdict, verdictText } from './verdict-text.ts';
import type { VerdictLine } from './verdict-text.ts';

/** Verdicts first, then the outcome in a line, then what speaks against the run. Ends with a line end. */
export function judgementText(judgement: Judgement, layout: Layout): string {
  const verdicts = verdictsText(judgement.verdicts.map(lineOfVerdict), judgement.validity, layout);
  const parts = [verdicts, `${outcomeText(judgement, layout)}\n`, breachesText(judgement.validity, layout)];
  return parts.join('');
}

/** A verdict a line, measurements in a column; what `validity` says of the run is not said again. Ends with a line end, if anything. */
export function verdictsText(
  lines: readonly VerdictLine[],
  validity: readonly ValidityCheck[],
  layout: Layout,
): string {
  const column = columnOf(lines, layout.width);
  const told = new Set(breachesOf(validity).map(({ detail }) => detail));
  return lines.map((line) => `${verdictText(line, column, layout, !told.has(line.because))}\n`).join('');
}

/** What speaks against the run, and what to do about it; '' where nothing does, else ends with a line end. */
export function breachesText(validity: readonly ValidityCheck[], layout: Layout): string {
  return breachesOf(validity)
    .map((check) => `${checkText(check, layout)}\n`)
    .join('');
}

function breachesOf(validity: readonly ValidityCheck[]): ValidityCheck[] {
  return validity.filter((check) => !check.ok);
}

/** Where measurements begin: behind the longest criterion that leaves room for the longest measurement. */
function columnOf(lines: readonly VerdictLine[], width: number): number {
  const longest = Math.max(0, ...lines.map(({ measured }) => textWidth(measured)));
  const columns = lines.map(({ text }) => textWidth(text) + LEAD);
  return Math.max(0, ...columns.filter((column) => column + longest <= width));
}

/** The symbol with its space, and three spaces behind the criterion. */
const LEAD = 5;

function outcomeText({ outcome, verdicts }: Judgement, { style }: Layout): string {
  return `${outcomeWord(outcome, style)}: ${countsText(verdicts)}`;
}

export function outcomeWord(outcome: Outcome, style: Style): string {
  const { word, emphasis } = SHOWN_OUTCOME[outcome];
  return style[emphasis](word);
}

function checkText(check: ValidityCheck, { style, width }: Layout): string {
  const label = check.severity === 'invalid' ? style.bad('invalid') : style.warn('warning');
  const lines = [wrapUnder(`${label}[${check.name}]: `, check.detail, width)];
  if (check.help) lines.push(wrapUnder('  = help: ', check.help, width));
  return lines.join('\n');
}
