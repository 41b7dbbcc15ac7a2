import { formatMeasured } from '../../model/judge/format-value.ts';
import type { Verdict } from '../../model/judge/judge.ts';
import { isNoData } from '../../model/judge/measure.ts';
import type { Measurement } from '../../model/judge/measurement.ts';
import { metricText } from '../../model/judge/metric.ts';
import type { Status } from '../../model/judge/outcome.ts';
import type { NoData } from '../../model/judge/window.ts';
import { SIDES, trialOf } from '../../model/lesson/trial-result.ts';
import type { SideResult, TrialResult } from '../../model/lesson/trial-result.ts';
import { percentText } from '../amount-text.ts';
import type { Block, Cell, DataRow, ReportDocument, Tone } from '../document.ts';
import { STATUS_SHOWN } from '../verdict-text.ts';
import { conclusionBlocks } from './experiment-conclusion.ts';
import { happenedIn } from './experiment-events.ts';
import { trialGoalText } from './trial-goal-text.ts';

export interface ExperimentDocumentOptions {
  /** Sentences in place of a table, for who listens. */
  readonly plain?: boolean;
  /** Why it was simulated although nobody asked for that, each as the end of "as …"; and what to do about it. */
  readonly simulatedAs?: { readonly lacks: readonly string[]; readonly help: string };
}

/** Both sides of an experiment beside each other: on what, what happened, which goals are met, and whether that proves anything. */
export function experimentDocument(result: TrialResult, options: ExperimentDocumentOptions = {}): ReportDocument {
  const { experiment } = result;
  const rows = [...goalRows(result), ...shownRows(result)];
  return [
    { kind: 'heading', text: experiment.title },
    { kind: 'paragraph', text: placeText(result, options) },
    ...SIDES.map((name) => sideBlock(name, result[name])),
    ...(options.plain ? rows.map(sentence) : [tableOf(rows)]),
    ...conclusionBlocks(result),
  ];
}

function placeText({ on, before }: TrialResult, { simulatedAs }: ExperimentDocumentOptions): string {
  if (on === 'servers') {
    const { scale } = before.observation.what;
    const share = scale === 1 ? 'all' : percentText(scale);
    return `On real servers on this machine (127.0.0.1), both sides at once, at ${share} of the scenario's rates.`;
  }
  const simulated = 'Simulated, at full scale and with the figures of the plan';
  if (!simulatedAs) return `${simulated}; no server was started.`;
  const { lacks, help } = simulatedAs;
  return `${simulated}, as ${lacks.join(', and ')}${help === '' ? '' : `: ${help}`}.`;
}

function sideBlock(name: string, { side, observation }: SideResult): Block {
  const title = `${name}: ${side.title} (step ${side.step}, scenario ${side.scenario})`;
  return { kind: 'item', title, lines: happenedIn(observation) };
}

interface Row {
  readonly what: string;
  readonly isGoal: boolean;
  readonly before: Shown;
  readonly after: Shown;
}

interface Shown {
  readonly text: string;
  readonly tone?: Tone;
  readonly value: number | null;
}

function goalRows({ experiment, on, before, after }: TrialResult): Row[] {
  const { goals, shows } = trialOf(experiment, on);
  return goals.map((goal, index) => ({
    what: trialGoalText(goal, shows),
    isGoal: true,
    before: judgedText(before.judgement.verdicts[index]),
    after: judgedText(after.judgement.verdicts[index]),
  }));
}

function shownRows({ experiment, on, before, after }: TrialResult): Row[] {
  const { goals, shows } = trialOf(experiment, on);
  const judged = new Set(goals.flatMap(({ metric, phase }) => (phase === undefined ? metricText(metric) : [])));
  return shows.flatMap(({ title, metric }, index) => {
    if (judged.has(metric)) return [];
    const [left, right] = [measuredText(before.shown[index]), measuredText(after.shown[index])];
    return { what: title, isGoal: false, before: left, after: right };
  });
}

/** In words: what a symbol says is not heard. */
const SAID: Readonly<Record<Status, string>> = {
  PASS: 'meets it',
  FAIL: 'fails it',
  INVALID: 'invalid',
  NO_DATA: 'no data',
  INCONCLUSIVE: 'too few samples',
};

function judgedText(verdict: Verdict | undefined): Shown {
  if (!verdict) return { text: '', value: null };
  const { status, measurement } = verdict;
  const { symbol, emphasis } = STATUS_SHOWN[status];
  const measured = measurement ? `: ${formatMeasured(measurement)}` : '';
  return { text: `${symbol} ${SAID[status]}${measured}`, tone: emphasis, value: measurement?.value ?? null };
}

function measuredText(found: Measurement | NoData | undefined): Shown {
  if (!found || isNoData(found)) return { text: 'no data', value: null };
  return { text: formatMeasured(found), value: found.value };
}

function tableOf(rows: readonly Row[]): Block {
  return {
    kind: 'table',
    name: 'experiment',
    columns: [{ title: 'goal, or figure', flexible: true }, { title: 'before' }, { title: 'after' }],
    rows: rows.map(({ what, before, after }) => [what, cellOf(before), cellOf(after)]),
    data: rows.map(({ what, isGoal, before, after }): DataRow => {
      return { what, goal: isGoal, before: before.value, after: after.value };
    }),
  };
}

function cellOf({ text, tone }: Shown): Cell {
  return tone ? { text, tone } : text;
}

/** `Goal: p95(latency) < 500 ms. Before: fails it with 1.2 s. After: meets it with 4 ms.` */
function sentence({ what, isGoal, before, after }: Row): Block {
  const heard = ({ text }: Shown): string =>
    text
      .replace(/^[^\w≥]+ /, '')
      .replace(/: /, ' with ')
      .replace('≥', 'at least');
  const text = `${isGoal ? `Goal: ${what}` : what}. Before: ${heard(before)}. After: ${heard(after)}.`;
  return { kind: 'paragraph', text };
}
