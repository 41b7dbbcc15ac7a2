import { signed } from '../model/comparison/because.ts';
import type { ComparedRuns, Comparison } from '../model/comparison/comparison.ts';
import type { GateJudgement } from '../model/gate/gate.ts';
import { formatInBaseUnit } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';
import { breachesText, outcomeWord, verdictsText } from './judgement-text.ts';
import { ledgerText } from './ledger-text.ts';
import { resultCounts } from './outcome-text.ts';
import type { Result, ResultFailure, ResultRun } from './result.ts';
import { gateSuites } from './result-suites.ts';
import { runPlots } from './run-plots.ts';
import { figuresText, runText, runTitle } from './run-text.ts';
import type { Layout } from './style.ts';
import { suspectsText } from './suspects-text.ts';
import { table } from './table.ts';
import { wrapUnder } from './text-width.ts';

export interface ResultTextOptions extends Layout {
  /** Also the figures behind the verdicts. */
  readonly full?: boolean;
  /** Also rate, p95 and percentiles, drawn. */
  readonly plots?: boolean;
}

/**
 * Any result for a person at a terminal: verdicts first, then what points at the cause, what could not be run, and on demand the figures
 * behind it all. Says the same without colour. Ends with a line end.
 */
export function resultText(result: Result, options: ResultTextOptions): string {
  const { gate, suspects = [], compared = [], ledgers = [], failures = [] } = result;
  const parts = [
    ...(gate ? [gateText(result, gate, options)] : []),
    suspectsText(suspects, options),
    failures.map((failure) => failureText(failure, options)).join(''),
    ...compared.map((each) => comparedText(each, options)),
    ...ledgers.map((ledger) => ledgerText(ledger, { ...options, full: options.full === true })),
    ...result.runs.map((run) => oneRunText(run, result, options)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function gateText(result: Result, gate: GateJudgement, options: ResultTextOptions): string {
  const { style } = options;
  const suites = gateSuites(gate, result.runs).map(({ name, cases, run }) => {
    const { validity = [] } = run?.judgement ?? {};
    const verdicts = verdictsText(cases, validity, options) + breachesText(validity, options);
    return `${style.strong(name)}\n${verdicts}`;
  });
  const outcome = wrapUnder(`${outcomeWord(result.outcome, style)}: `, resultCounts(result), options.width);
  return `${style.strong(result.title)}\n${outcome}\n${suites.join('')}`;
}

function failureText({ plan, step, scenario, because }: ResultFailure, { style, width }: Layout): string {
  return `${wrapUnder(`${style.bad('not run')}: `, `${plan} step ${step}, ${scenario}: ${because}`, width)}\n`;
}

const right = { align: 'right' as const };
const COMPARED_COLUMNS = [
  { title: 'metric', flexible: true },
  { title: 'before', ...right },
  { title: 'after', ...right },
  { title: 'shift', ...right },
  { title: 'verdict' },
];

function comparedText(compared: ComparedRuns, layout: ResultTextOptions): string {
  const { plan, step, scenario, before, after, comparisons, unlike } = compared;
  const sides = `${after.name} (${after.runs}) against ${before.name} (${before.runs})`;
  const rows = comparisons.map((each) => comparisonRow(each, layout));
  const notes = unlike.map((each) => `${wrapUnder(`${layout.style.warn('unlike')}: `, each, layout.width)}\n`);
  const title = layout.style.strong(`${plan} step ${step}, scenario ${scenario}`);
  return `${title}\n${wrapUnder('', sides, layout.width)}\n${table({ columns: COMPARED_COLUMNS, rows, ...layout })}\n${notes.join('')}`;
}

function comparisonRow(comparison: Comparison, { style }: Layout): string[] {
  const { metric, unit, before, after, shift, status, direction } = comparison;
  const verdict = direction === undefined ? status : `${status}, ${direction}`;
  const toned = status === 'changed' && direction === 'worse' ? style.bad(verdict) : verdict;
  const moved = shift ? `${signed(shift.value, unit)} [${signed(shift.low, unit)}, ${signed(shift.high, unit)}]` : '';
  return [metric, comparedAmount(before, unit), comparedAmount(after, unit), moved, toned];
}

function comparedAmount(value: number | undefined, unit: string): string {
  if (value === undefined) return '';
  if (unit === 'share') return percentText(value);
  return formatInBaseUnit(value, unit === 'count' ? '' : unit);
}

/** With a gate the verdicts are told already; without one they are the run's own. */
function oneRunText(run: ResultRun, { gate }: Result, options: ResultTextOptions): string {
  const { observation, judgement } = run;
  const kept = run.run === undefined ? '' : `kept as ${run.run}\n`;
  const plots = options.plots ? `\n${runPlots(observation, options.width).join('\n\n')}\n` : '';
  if (!gate) return runText(observation, judgement, options) + plots + kept;
  return `${runTitle(observation)}\n${figuresText(observation, judgement, options)}${plots}${kept}`;
}
