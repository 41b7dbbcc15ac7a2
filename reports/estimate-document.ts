import type { Estimate, EstimatedQuantity } from '../model/estimate/estimate.ts';
import type { Spread } from '../model/estimate/spread.ts';
import { formatNumber } from '../model/units/format.ts';
import { amountOrUnstable, amountText } from './amount-text.ts';
import type { Block, Cell, DataRow, ReportDocument, TableBlock } from './document.ts';
import { budgetsTable, spikesTable } from './estimate-limits.ts';
import { overviewBlocks, stepBlocks } from './estimate-steps.ts';
import { mostlyFrom } from './spread-text.ts';

export interface EstimateDocumentOptions {
  /** Also lists the assumptions. */
  readonly full: boolean;
}

const right = 'right' as const;

/**
 * The capacity estimate: which step breaks where and costs what; what follows, by subject; what each step's tiers need
 * against what they have; budgets and spikes.
 */
export function estimateDocument(estimate: Estimate, { full }: EstimateDocumentOptions): ReportDocument {
  const { quantities, steps, budgets, spikes, sampling } = estimate;
  const derived = quantities.filter((quantity) => quantity.formula !== undefined && isOwn(quantity));
  const assumed = quantities.filter((quantity) => quantity.formula === undefined);
  return [
    { kind: 'heading', text: estimate.title },
    ...overviewBlocks(estimate),
    ...[...Map.groupBy(derived, sectionOf)].map(([name, own]) => quantitiesTable(name, own, sampling !== undefined)),
    ...(full ? [assumptionsTable(assumed)] : []),
    ...estimate.unstable.map(({ id, formula, why }): Block => ({
      kind: 'item',
      title: `${id}: unstable; ${why}`,
      tone: 'bad',
      lines: [`= ${formula}`],
    })),
    ...steps.flatMap(stepBlocks),
    ...(budgets.length > 0 ? [budgetsTable(budgets)] : []),
    ...(spikes.length > 0 ? [spikesTable(spikes)] : []),
    ...[priceNote(estimate), footnote(estimate, assumed, full)]
      .filter((text) => text !== '')
      .map((text): Block => ({ kind: 'paragraph', text })),
  ];
}

/** Prices that a discount reduced are derived, but they are a price book's and listed with the assumptions' sources. */
function isOwn({ id }: EstimatedQuantity): boolean {
  return !id.startsWith('price.');
}

function sectionOf({ id }: EstimatedQuantity): string {
  return id.split('.')[0] ?? '';
}

function quantitiesTable(name: string, quantities: readonly EstimatedQuantity[], sampled: boolean): TableBlock {
  const rows = quantities.map((quantity): Cell[] => {
    const { id, value, unit, formula = '', spread } = quantity;
    const amount = amountText(value, unit);
    if (!sampled) return [id, amount, { text: formula, tone: 'dim' }];
    return [id, amount, ...spreadCells(spread, unit), { text: mostlyFrom(spread), tone: 'dim' }];
  });
  const value = { title: '', align: right };
  const columns = sampled
    ? [
        { title: capital(name) },
        value,
        { title: 'p5', align: right },
        { title: 'p95', align: right },
        { title: 'mostly from', flexible: true },
      ]
    : [{ title: capital(name) }, value, { title: 'formula', flexible: true }];
  return { kind: 'table', name, columns, rows, data: quantities.map(quantityData) };
}

function spreadCells(spread: Spread | undefined, unit: string): string[] {
  return spread ? [amountOrUnstable(spread.p5, unit), amountOrUnstable(spread.p95, unit)] : ['', ''];
}

function quantityData({ id, value, unit, formula, source, spread, title }: EstimatedQuantity): DataRow {
  const drawn = spread ? { p5: spread.p5, p50: spread.p50, p95: spread.p95 } : {};
  return { id, value, unit, ...drawn, title: title ?? null, formula: formula ?? null, source: source ?? null };
}

function assumptionsTable(quantities: readonly EstimatedQuantity[]): TableBlock {
  return {
    kind: 'table',
    name: 'assumptions',
    columns: [{ title: 'Assumptions' }, { title: '', align: right }, { title: 'source', flexible: true }],
    rows: quantities.map((quantity) => [
      quantity.id,
      amountText(quantity.value, quantity.unit),
      {
        text: [rangeText(quantity), quantity.source ?? 'assumed', quantity.note].filter(Boolean).join('; '),
        tone: 'dim',
      },
    ]),
    data: quantities.map(quantityData),
  };
}

/** `15 to 30 req/user/day`; the unit once where both ends read best in the same one. */
export function rangeText({ range, unit }: EstimatedQuantity): string {
  if (!range) return '';
  const [low, high] = [amountText(range.low, unit), amountText(range.high, unit)];
  const [number = low, ...ownUnit] = low.split(' ');
  return high.endsWith(` ${ownUnit.join(' ')}`) && ownUnit.length > 0 ? `${number} to ${high}` : `${low} to ${high}`;
}

/** Where the prices are from, and what has none. */
function priceNote({ steps, prices }: Estimate): string {
  const last = steps.at(-1)?.cost;
  if (!last) return '';
  const from = prices ? `Prices: ${prices.title}, as of ${prices.asOf}${discountsText(prices.discounts)}. ` : '';
  const missing = last.unpriced.length > 0 ? `Without a price, and left out: ${last.unpriced.join(', ')}. ` : '';
  return `${from}${missing}\`shop-plan cost\` lists what it consists of, and what growth makes of it.`;
}

function discountsText(discounts: readonly string[]): string {
  return discounts.length > 0 ? `, less ${discounts.join(' and ')}` : '';
}

function footnote({ sampling }: Estimate, assumed: readonly EstimatedQuantity[], full: boolean): string {
  const own = assumed.filter((quantity) => quantity.assumed).length;
  const ranges = assumed.filter(({ range }) => range).length;
  const where = full ? '' : '; `--full` lists them';
  const asked = sampling
    ? ` p5 to p95 of ${formatNumber(sampling.samples)} samples, seed ${sampling.seed}.`
    : ranges > 0
      ? ` ${ranges} ${ranges === 1 ? 'has' : 'have'} a range: \`--samples 10000\` shows what that does to the results.`
      : '';
  return `From ${count(assumed.length, 'assumption')}, ${own} of them the plan's own${where}.${asked} \`shop-plan explain <name>\` derives a number.`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
