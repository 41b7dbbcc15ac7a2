import { formatMeasured } from '../model/judge/format-value.ts';
import type { Verdict } from '../model/judge/judge.ts';
import { STATUSES } from '../model/judge/outcome.ts';
import type { Simulation, StepSimulation, TierFigures } from '../model/questions/simulation.ts';
import type { Block, Cell, DataRow } from './document.ts';
import { bareTimeText, rateText, shareText, timeText } from './figure-text.ts';
import { instabilityLines } from './instability-text.ts';
import type { SimulationDocumentOptions } from './simulation-document.ts';
import { STATUS_SHOWN } from './verdict-text.ts';

const RIGHT = { align: 'right' as const };

/** A row for each step, and what to know about those that did not pass. */
export function comparisonTable({ steps }: Simulation, { full, width, command }: SimulationDocumentOptions): Block[] {
  const narrow = width < WIDE;
  return [
    {
      kind: 'table',
      name: 'steps',
      columns: [
        { title: 'step', ...RIGHT },
        { title: 'ok/s', ...RIGHT },
        { title: 'p50', ...RIGHT },
        { title: 'p95', ...RIGHT },
        { title: 'p99', ...RIGHT },
        { title: 'errors', ...RIGHT },
        { title: 'busiest', flexible: true },
        { title: 'result' },
      ],
      rows: steps.map((step) => rowOf(step, narrow)),
      data: steps.map(dataOf),
    },
    ...steps.flatMap(remarksOf),
    ...(full ? [] : hint(steps, command)),
  ];
}

/** A line may end between a tier's name and how busy it is, and nowhere else. */
const TIES = /(?<=^!) | (?=%)/g;
const TIED = '\u00A0';
/** Columns from which on there is room for intervals. */
const WIDE = 100;

function rowOf(step: StepSimulation, narrow: boolean): Cell[] {
  const { all } = step;
  const time = narrow ? bareTimeText : timeText;
  return [
    String(step.step),
    rateText(all.throughput_per_s),
    bareTimeText(all.p50_s, 2),
    time(all.p95_s),
    time(all.p99_s),
    shareText(all.error_share, 2),
    narrow ? busiestText(step).replaceAll(TIES, TIED) : busiestText(step),
    outcomeCell(step),
  ];
}

/** The outcome with its symbol: `✗ FAIL`. */
export function outcomeCell({ judgement: { outcome } }: StepSimulation): Cell {
  if (outcome === 'NOT_JUDGED') return { text: 'not judged', tone: 'warn' };
  const { symbol, word, emphasis } = STATUS_SHOWN[outcome];
  return { text: `${symbol} ${word}`, tone: emphasis };
}

/** The tier nearest to what it can do. */
export function busiestOf({ tiers }: StepSimulation): TierFigures | undefined {
  return tiers.toSorted((a, b) => b.utilisation.value - a.utilisation.value)[0];
}

function busiestText(step: StepSimulation): string {
  const busiest = busiestOf(step);
  if (!busiest) return '';
  const unstable = step.instabilities.some(({ tier }) => tier === busiest.tier);
  return `${unstable ? '! ' : ''}${busiest.tier} ${shareText(busiest.utilisation)}`;
}

function dataOf(step: StepSimulation): DataRow {
  const { all } = step;
  const busiest = busiestOf(step);
  return {
    step: step.step,
    name: step.name,
    throughput_per_s: all.throughput_per_s?.value ?? null,
    error_share: all.error_share?.value ?? null,
    p50_s: all.p50_s?.value ?? null,
    p95_s: all.p95_s?.value ?? null,
    p95_halfWidth95_s: all.p95_s?.halfWidth95 ?? null,
    p99_s: all.p99_s?.value ?? null,
    p99_halfWidth95_s: all.p99_s?.halfWidth95 ?? null,
    busiest: busiest?.tier ?? null,
    utilisation: busiest?.utilisation.value ?? null,
    unstable: step.instabilities.length > 0,
    replications: step.replications,
    outcome: step.judgement.outcome,
  };
}

/** Which expectations a step misses, with what was seen instead, and which tier is to blame. */
function remarksOf(step: StepSimulation): Block[] {
  const missed = step.judgement.verdicts.filter(({ status }) => status !== 'PASS');
  const lines = [
    ...STATUSES.flatMap((status) => {
      const verdicts = missed.filter((verdict) => verdict.status === status);
      if (verdicts.length === 0) return [];
      return [`${STATUS_SHOWN[status].word}: ${verdicts.map(missedText).join(', ')}`, ...helpLines(verdicts)];
    }),
    ...instabilityLines(step),
  ];
  return lines.length === 0 ? [] : [{ kind: 'item', title: `Step ${step.step}: ${step.name}`, lines }];
}

/** What would tell, of what cannot be told. */
function helpLines(verdicts: readonly Verdict[]): string[] {
  const helps = verdicts.flatMap(({ status, help }) => (status === 'INCONCLUSIVE' && help !== undefined ? [help] : []));
  return helps.length === 0 ? [] : [`= help: ${[...new Set(helps)].join('; ')}`];
}

function missedText({ criterion, measurement }: Verdict): string {
  return measurement ? `${criterion.text} (${formatMeasured(measurement)})` : criterion.text;
}

/** A command that works as it stands, for the first step that does not pass; drawn, so that no line break gets into it. */
function hint(steps: readonly StepSimulation[], command: string): Block[] {
  const step = steps.find(({ judgement }) => judgement.outcome !== 'PASS') ?? steps[0];
  if (!step) return [];
  return [
    { kind: 'paragraph', text: 'The details of a step (`--full`: of all):', tone: 'dim' },
    { kind: 'drawing', text: `  ${command} --step ${step.step}` },
  ];
}
