import { markdownCell, markdownFenced, markdownText } from './markdown-text.ts';
import { resultCounts } from './outcome-text.ts';
import { PageBudget } from './page-budget.ts';
import type { Result, ResultRun } from './result.ts';
import { isShort, suitesOf } from './result-suites.ts';
import { runText } from './run-text.ts';
import { plainStyle } from './style.ts';
import { suspectsSentence } from './suspects-text.ts';
import { shortened } from './text-width.ts';
import { SHOWN_OUTCOME, STATUS_SHOWN } from './verdict-text.ts';
import type { VerdictLine } from './verdict-text.ts';

/** GitHub takes comments of 65,536 characters. */
const BYTES_MAX = 60_000;
/** Kept for the line that says what is left out. */
const LAST_LINE_BYTES = 200;
/** What a cell keeps of a text, and the head of each list of evidence. */
const CELL_MAX = 400;
const EVIDENCE_MAX = 8;
const FIGURES_WIDTH = 100;

/**
 * Any result as a comment on a pull request, in GitHub's Markdown: the outcome, the likely cause and what did not pass, then collapsed what
 * passed and the figures of the runs. Never above 60,000 bytes: what has no room is left out and counted.
 */
export function resultMarkdown(result: Result): string {
  const page = new PageBudget(BYTES_MAX - LAST_LINE_BYTES);
  page.add(headOf(result));
  const lines = suitesOf(result).flatMap(({ name, cases }) => cases.map((line) => ({ name, line })));
  const rowOf = ({ name, line }: (typeof lines)[number]): string => caseRow(name, line);
  const short = lines.filter(({ line }) => isShort(line.status)).map(rowOf);
  const passed = lines.filter(({ line }) => !isShort(line.status)).map(rowOf);
  const left = page.addRows(`\n${TABLE}`, short, '');
  const leftPassed = page.addRows(detailsOf(`${passed.length} passed or skipped`) + TABLE, passed, DETAILS_END);
  const runs = result.runs.map((run, index) => figuresOf(run, index + 1, result.runs.length));
  const leftRuns = runs.filter((figures) => !page.add(figures)).length;
  return page.text() + leftOutText(left + leftPassed, leftRuns);
}

function headOf({ title, suspects = [], ...result }: Result): string {
  const { symbol, word } = SHOWN_OUTCOME[result.outcome];
  const counts = resultCounts({ title, ...result });
  const cause = suspectsSentence(suspects);
  const evidence = suspects
    .flatMap(({ tier, because }) => because.map((each) => `${tier}: ${each}`))
    .slice(0, EVIDENCE_MAX)
    .map((each) => `- ${markdownText(shortened(each, CELL_MAX))}\n`);
  return [
    `## ${symbol} ${word}: ${markdownText(shortened(title, CELL_MAX))}\n`,
    `\n${markdownText(counts)}\n`,
    ...(cause === '' ? [] : [`\n**${markdownText(shortened(cause, CELL_MAX))}**\n\n`, ...evidence]),
  ].join('');
}

const TABLE = '| | criterion | where | measured | why |\n| --- | --- | --- | --- | --- |\n';
const DETAILS_END = '\n</details>\n';

function detailsOf(summary: string): string {
  return `\n<details><summary>${summary}</summary>\n\n`;
}

function caseRow(where: string, { status, text, measured, because, help }: VerdictLine): string {
  const { symbol, word } = STATUS_SHOWN[status];
  const why = help === undefined ? because : `${because}\nhelp: ${help}`;
  const cells = [text, where, measured, status === 'PASS' && measured !== '' ? '' : why];
  return `| ${symbol} ${word} | ${cells.map((cell) => markdownCell(shortened(cell, CELL_MAX))).join(' | ')} |\n`;
}

/** As at a terminal; the summary holds no name, since it is HTML. */
function figuresOf({ run, observation, judgement }: ResultRun, number: number, of: number): string {
  const text = runText(observation, judgement, { style: plainStyle, width: FIGURES_WIDTH, full: true });
  const kept = run === undefined ? '' : `kept as ${run}\n`;
  const summary = of === 1 ? 'Figures of the run' : `Figures of run ${number} of ${of}`;
  return `${detailsOf(summary)}${markdownFenced(`${text}${kept}`.trimEnd())}\n${DETAILS_END}`;
}

function leftOutText(rows: number, runs: number): string {
  const parts = [...(rows > 0 ? [`${rows} rows`] : []), ...(runs > 0 ? [`the figures of ${runs} runs`] : [])];
  return parts.length === 0 ? '' : `\nThere is no room here for ${parts.join(' and ')}: the other reports have all.\n`;
}
