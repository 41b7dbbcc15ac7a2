import { signed } from '../model/comparison/because.ts';
import type { ComparedRuns, ComparedSide, Comparison } from '../model/comparison/comparison.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { percentText } from './amount-text.ts';
import type { Block, Cell, DataRow, ReportDocument, TableBlock, Tone } from './document.ts';

/** Sets of runs against each other: what changed in one line, then metric by metric, then what could not be told and why. */
export function comparisonDocument(compared: readonly ComparedRuns[]): ReportDocument {
  return compared.flatMap(blocksOf);
}

function blocksOf(compared: ComparedRuns): Block[] {
  const { plan, step, scenario, before, after, comparisons, unlike } = compared;
  const unclear = comparisons.filter(({ status, besides }) => status === 'too noisy' && !besides);
  return [
    { kind: 'heading', text: `${scenario} on ${plan}, step ${step}` },
    { kind: 'paragraph', text: `${sideText(after)} against ${sideText(before)}: ${summaryOf(comparisons)}` },
    ...(comparisons.length > 0 ? [tableOf(compared)] : []),
    ...unclear.map(({ metric, because }): Block => ({ kind: 'item', title: metric, tone: 'warn', lines: [because] })),
    ...unlike.map((each): Block => ({ kind: 'paragraph', text: `not alike: ${each}`, tone: 'warn' })),
  ];
}

function sideText({ name, runs }: ComparedSide): string {
  return `${name} (${runs} ${runs === 1 ? 'run' : 'runs'})`;
}

/** `1 metric changed for the worse, 5 unchanged, 2 too noisy`. */
export function summaryOf(comparisons: readonly Comparison[]): string {
  const counts = [
    ['changed for the worse', comparisons.filter(({ direction }) => direction === 'worse')],
    ['changed for the better', comparisons.filter(({ direction }) => direction === 'better')],
    ['changed', comparisons.filter(({ status, direction }) => status === 'changed' && direction === undefined)],
    ['unchanged', comparisons.filter(({ status }) => status === 'unchanged')],
    ['too noisy', comparisons.filter(({ status }) => status === 'too noisy')],
    ['without data', comparisons.filter(({ status }) => status === 'no data')],
  ] as const;
  const parts = counts.filter(([, those]) => those.length > 0).map(([what, those]) => `${those.length} ${what}`);
  return parts.length > 0 ? parts.join(', ') : 'there is nothing that both have';
}

const COLUMNS = [
  { title: 'metric' },
  { title: 'before', align: 'right' as const },
  { title: 'after', align: 'right' as const },
  { title: 'shift' },
  { title: 'verdict', flexible: true },
];

function tableOf({ plan, step, scenario, comparisons }: ComparedRuns): TableBlock {
  return {
    kind: 'table',
    name: 'comparisons',
    columns: COLUMNS,
    rows: comparisons.map(rowOf),
    data: comparisons.map((each) => ({ plan, step, scenario, ...dataOf(each) })),
  };
}

function rowOf(comparison: Comparison): Cell[] {
  const { metric, unit, before, after, besides } = comparison;
  const verdict = { text: verdictText(comparison), tone: toneOf(comparison) };
  return [
    besides ? { text: metric, tone: 'dim' } : metric,
    valueText(before, unit),
    valueText(after, unit),
    shiftText(comparison),
    verdict,
  ];
}

function verdictText({ status, direction, runsNeeded }: Comparison): string {
  if (direction) return `${direction === 'worse' ? '✗' : '✓'} ${direction}`;
  if (status === 'unchanged') return '✓ unchanged';
  if (status !== 'too noisy') return status;
  return runsNeeded === undefined
    ? '? too noisy'
    : `? ${formatNumber(runsNeeded)} more ${runsNeeded === 1 ? 'run' : 'runs'}`;
}

function toneOf({ status, direction, besides }: Comparison): Tone {
  if (direction) return direction === 'worse' ? 'bad' : 'good';
  if (status === 'unchanged') return 'good';
  return besides ? 'dim' : 'warn';
}

/** `+10.4 % [+8.1, +12.3]`. */
function shiftText({ shift, unit }: Comparison): string {
  if (!shift) return '';
  const bare = (each: number): string => signed(each, unit).replace(/ .*$/, '');
  return `${signed(shift.value, unit)} [${bare(shift.low)}, ${bare(shift.high)}]`;
}

export function valueText(value: number | undefined, unit: string): string {
  if (value === undefined) return '';
  if (unit === 'share') return percentText(value);
  const isCount = unit === 'count' || unit === 'count/req';
  return formatInBaseUnit(Number(value.toPrecision(3)), isCount ? '' : unit);
}

function dataOf(comparison: Comparison): DataRow {
  const { metric, unit, status, direction, before, after, shift, p, pAdjusted, effect, runsNeeded } = comparison;
  return {
    metric,
    unit,
    status,
    direction: direction ?? null,
    before: before ?? null,
    after: after ?? null,
    shift: shift?.value ?? null,
    shift_low: shift?.low ?? null,
    shift_high: shift?.high ?? null,
    p: p ?? null,
    p_adjusted: pAdjusted ?? null,
    effect: effect ?? null,
    runs_needed: runsNeeded ?? null,
  };
}
