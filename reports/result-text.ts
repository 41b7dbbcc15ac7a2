import type { GateJudgement } from '../model/gate/gate.ts';
import { comparisonDocument } from './comparison-document.ts';
import { documentText } from './document-text.ts';
import { breachesText, outcomeWord, verdictsText } from './judgement-text.ts';
import { ledgerText } from './ledger-text.ts';
import { resultCounts } from './outcome-text.ts';
import type { Result, ResultFailure, ResultRun } from './result.ts';
import { gateSuites } from './result-suites.ts';
import { runPlots } from './run-plots.ts';
import { figuresText, runText, runTitle } from './run-text.ts';
import type { Layout } from './style.ts';
import { suspectsText } from './suspects-text.ts';
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
    compared.length === 0 ? '' : documentText(comparisonDocument(compared), options),
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

/** With a gate the verdicts are told already; without one they are the run's own. */
function oneRunText(run: ResultRun, { gate }: Result, options: ResultTextOptions): string {
  const { observation, judgement } = run;
  const kept = run.run === undefined ? '' : `kept as ${run.run}\n`;
  const plots = options.plots ? `\n${runPlots(observation, options.width).join('\n\n')}\n` : '';
  if (!gate) return runText(observation, judgement, options) + plots + kept;
  return `${runTitle(observation)}\n${figuresText(observation, judgement, options)}${plots}${kept}`;
}
