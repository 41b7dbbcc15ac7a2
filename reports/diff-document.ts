import type {
  LoneQuantity,
  QuantitiesDiff,
  QuantityChange,
  QuantityRedefined,
} from '../model/questions/diff-quantities.ts';
import type { Diff } from '../model/questions/diff.ts';
import { formatNumber } from '../model/units/format.ts';
import { amountText } from './amount-text.ts';
import { stepsBlocks } from './diff-steps-blocks.ts';
import type { Labels } from './diff-steps-blocks.ts';
import type { Block, ReportDocument, TableBlock } from './document.ts';
import { distinctNumbers, readableUnit } from './readable-unit.ts';
import { textWidth } from './text-width.ts';

export interface DiffDocumentOptions {
  /** Columns for tables; the least important one is left out where it does not fit. */
  readonly width: number;
}

/** Short enough to head a column. */
const LABEL_MAX = 8;
const GAP = 2;

/** What differs, in one line where nothing does: causes, consequences, what only one side has, then the steps. */
export function diffDocument(diff: Diff, { width }: DiffDocumentOptions): ReportDocument {
  const { quantities, steps, same } = diff;
  if (same) return [{ kind: 'paragraph', text: nothingChanged(diff) }];
  const labels = labelsOf(diff);
  return [
    { kind: 'heading', text: headingOf(diff, labels) },
    { kind: 'paragraph', text: summaryOf(diff) },
    ...(quantities ? quantityBlocks(quantities, labels, width) : []),
    ...stepsBlocks(steps.changed, labels),
    ...onlySteps(`Steps of ${labels.a} alone`, steps.onlyA),
    ...onlySteps(`Steps of ${labels.b} alone`, steps.onlyB),
  ];
}

function labelsOf({ a, b }: Diff): Labels {
  const short = [a, b].every(({ label }) => label.length <= LABEL_MAX);
  return short ? { a: a.label, b: b.label } : { a: 'a', b: 'b' };
}

function headingOf({ a, b, settings, quantities }: Diff, labels: Labels): string {
  if (settings) return `${a.plan}, before and after ${settings.join(', ')}`;
  if (!quantities) return `${a.plan}: ${a.label} against ${b.label}`;
  return labels.a === a.label ? `${a.label} against ${b.label}` : `a: ${a.label}, b: ${b.label}`;
}

function nothingChanged({ quantities, steps, a, b }: Diff): string {
  if (!quantities) return `nothing changed: the tiers of ${a.label} and ${b.label} carry, need and cost the same`;
  return `nothing changed: ${counted(quantities.unchanged, 'quantity', 'quantities')} and ${counted(steps.unchanged, 'step', 'steps')} are the same`;
}

function summaryOf({ quantities, steps }: Diff): string {
  const parts: string[] = [];
  if (quantities) {
    const { changed, redefined, onlyA, onlyB, unchanged } = quantities;
    const differ = changed.length + redefined.length + onlyA.length + onlyB.length;
    parts.push(`${counted(differ, 'quantity differs', 'quantities differ')}, ${unchanged} are the same`);
  }
  const stepsDiffer = steps.changed.length + steps.onlyA.length + steps.onlyB.length;
  if (quantities && stepsDiffer + steps.unchanged > 0) {
    const same = steps.unchanged === 0 ? '' : `, ${steps.unchanged} ${steps.unchanged === 1 ? 'is' : 'are'} the same`;
    parts.push(`${counted(stepsDiffer, 'step differs', 'steps differ')}${same}`);
  }
  for (const { a, b, tiers } of quantities ? [] : steps.changed) {
    const { added, removed, changed, unchanged } = tiers;
    const counts = [`${added.length} added`, `${removed.length} removed`, `${changed.length} changed`];
    parts.push(`tiers from step ${a.step} to ${b.step}: ${counts.join(', ')}, ${unchanged} the same`);
  }
  return parts.join('; ');
}

function quantityBlocks(quantities: QuantitiesDiff, labels: Labels, width: number): Block[] {
  const { changed, redefined, onlyA, onlyB } = quantities;
  return [
    ...changes(
      'Assumptions',
      changed.filter(({ kind }) => kind === 'assumed'),
      labels,
      width,
    ),
    ...changes(
      'What follows',
      changed.filter(({ kind }) => kind === 'derived'),
      labels,
      width,
    ),
    ...redefinitions(redefined, labels),
    ...only(`Only in ${labels.a}`, 'only-a', onlyA),
    ...only(`Only in ${labels.b}`, 'only-b', onlyB),
  ];
}

function changes(title: string, changed: readonly QuantityChange[], labels: Labels, width: number): Block[] {
  if (changed.length === 0) return [];
  const right = 'right' as const;
  const columns = [
    { title },
    { title: labels.a, align: right },
    { title: labels.b, align: right },
    { title: 'unit' },
    { title: 'factor', align: right },
    { title: 'difference', align: right },
  ];
  const rows = changed.map(changeCells);
  const natural = columns.map((column, index) =>
    rows.reduce((widest, row) => Math.max(widest, textWidth(row[index] ?? '')), textWidth(column.title)),
  );
  const total = natural.reduce((sum, each) => sum + each + GAP, -GAP);
  const kept = total <= width ? columns.length : columns.length - 1;
  const table: TableBlock = {
    kind: 'table',
    name: title === 'Assumptions' ? 'assumptions' : 'derived',
    columns: columns.slice(0, kept),
    rows: rows.map((row) => row.slice(0, kept)),
    data: changed.map(({ id, a, b, unit, ratio, difference }) => ({ quantity: id, a, b, unit, ratio, difference })),
  };
  return [table];
}

function changeCells({ id, a, b, unit, ratio, difference }: QuantityChange): string[] {
  const { symbol, factor } = readableUnit([a, b], unit);
  const [before, after] = distinctNumbers(a / factor, b / factor);
  const sign = difference > 0 ? '+' : '';
  return [id, before, after, symbol, factorText(ratio), `${sign}${formatNumber(difference / factor)}`];
}

/** `× 2`, `× 1.0007`: never `× 1` for what differs. */
function factorText(ratio: number | null): string {
  return ratio === null ? '' : `× ${distinctNumbers(ratio, 1)[0]}`;
}

function redefinitions(redefined: readonly QuantityRedefined[], labels: Labels): Block[] {
  if (redefined.length === 0) return [];
  const right = 'right' as const;
  const columns = [{ title: 'Other units' }, { title: labels.a, align: right }, { title: labels.b, align: right }];
  const rows = redefined.map(({ id, a, b }) => [id, amountText(a.value, a.unit), amountText(b.value, b.unit)]);
  const data = redefined.map(({ id, a, b }) => ({
    quantity: id,
    a: a.value,
    unit_a: a.unit,
    b: b.value,
    unit_b: b.unit,
  }));
  return [{ kind: 'table', name: 'redefined', columns, rows, data }];
}

function only(title: string, name: string, quantities: readonly LoneQuantity[]): Block[] {
  if (quantities.length === 0) return [];
  const columns = [{ title }, { title: '', align: 'right' as const }, { title: '', flexible: true }];
  const rows = quantities.map(({ id, value, unit, title: says = '' }) => [id, amountText(value, unit), says]);
  const data = quantities.map(({ id, value, unit }) => ({ quantity: id, value, unit }));
  return [{ kind: 'table', name, columns, rows, data }];
}

function onlySteps(title: string, steps: Diff['steps']['onlyA']): Block[] {
  if (steps.length === 0) return [];
  return [{ kind: 'paragraph', text: `${title}: ${steps.map(({ step, name }) => `${step} (${name})`).join(', ')}` }];
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
