import { usdPerMonth } from '../model/cost/usd-per-month.ts';
import type { CostOutlook, Outlook, StepOutlook } from '../model/cost/cost-outlook.ts';
import { formatNumber } from '../model/units/format.ts';
import { monthlyText } from './amount-text.ts';
import type { Block, Cell, ReportDocument, TableBlock } from './document.ts';

const right = 'right' as const;

/** What each step costs a month: low, value and high, today and after growth; then what the last step's consists of. */
export function costDocument(outlook: CostOutlook, { full }: { readonly full: boolean }): ReportDocument {
  const { title, steps, prices, growth, drivers, sampling } = outlook;
  const last = steps.at(-1);
  const shown = full ? steps : last ? [last] : [];
  const book = prices ? `Prices: ${prices.title}, as of ${prices.asOf}. ` : '';
  const what =
    drivers.length > 0 ? `${formatNumber(growth)}x is ${drivers.join(', ')} times ${formatNumber(growth)}; ` : '';
  return [
    { kind: 'heading', text: `${title}: dollars a month` },
    overview(outlook),
    ...shown.flatMap((step) => itemBlocks(step, growth)),
    {
      kind: 'paragraph',
      text: `${book}${what}tiers then have what they need, up to their limits. Low and high are p5 and p95 of ${formatNumber(sampling.samples)} samples, seed ${sampling.seed}.`,
    },
  ];
}

function overview({ steps, growth }: CostOutlook): TableBlock {
  return {
    kind: 'table',
    name: 'cost',
    columns: [{ title: 'step' }, ...headings(growth), { title: '', flexible: true }],
    rows: steps.map(({ step, name, now, grown }): Cell[] => [
      String(step),
      ...cells(now),
      ...cells(grown),
      grown.overloaded.length > 0
        ? `${name}; cannot carry ${formatNumber(growth)}x: ${grown.overloaded.join(', ')}`
        : name,
    ]),
    data: steps.map(({ step, now, grown }) => ({ step, ...data(now, ''), ...data(grown, 'grown_') })),
  };
}

function headings(growth: number): { title: string; align: typeof right }[] {
  const times = `${formatNumber(growth)}x`;
  return ['low', 'value', 'high', `${times} low`, times, `${times} high`].map((title) => ({ title, align: right }));
}

function cells({ total_usd_per_s, spread }: Outlook): Cell[] {
  return [money(spread.low_usd_per_s), { text: money(total_usd_per_s), tone: 'strong' }, money(spread.high_usd_per_s)];
}

function data({ total_usd_per_s, spread }: Outlook, prefix: string): Record<string, number | null> {
  const of = (value: number | null): number | null => (value === null ? null : usdPerMonth(value));
  return {
    [`${prefix}low_usd_per_month`]: of(spread.low_usd_per_s),
    [`${prefix}usd_per_month`]: of(total_usd_per_s),
    [`${prefix}high_usd_per_month`]: of(spread.high_usd_per_s),
  };
}

/** Cents only matter in small bills, and thousands in those below a million. */
function money(cost_usd_per_s: number | null): string {
  if (cost_usd_per_s === null) return 'unbounded';
  const month = usdPerMonth(cost_usd_per_s);
  if (month < 1000) return monthlyText(cost_usd_per_s);
  return month < 1e6 ? `$${formatNumber(Math.round(month), 12)}` : `$${formatNumber(month / 1e6, 3)}M`;
}

function itemBlocks({ step, name, now, grown, unpriced }: StepOutlook, growth: number): Block[] {
  const rows = now.items.map((item, index): Cell[] => {
    const later = grown.items[index];
    const count = item.instances === undefined ? '' : String(item.instances);
    const laterCount = later?.instances === undefined ? '' : String(later.instances);
    return [
      item.title ?? item.id,
      count,
      money(item.low_usd_per_s),
      money(item.cost_usd_per_s),
      money(item.high_usd_per_s),
      laterCount,
      money(later?.cost_usd_per_s ?? 0),
    ];
  });
  const total: Cell[] = ['total', '', ...cells(now), '', { text: money(grown.total_usd_per_s), tone: 'strong' }];
  const times = `${formatNumber(growth)}x`;
  const titles = ['of', 'low', 'value', 'high', `of at ${times}`, times];
  const missing = unpriced.length > 0 ? `Without a price, and left out: ${unpriced.join(', ')}.` : '';
  return [
    { kind: 'heading', text: `Step ${step}: ${name}` },
    {
      kind: 'table',
      name: `step ${step}`,
      columns: [{ title: 'item', flexible: true }, ...titles.map((title) => ({ title, align: right }))],
      rows: [...rows, total],
      data: now.items.map(({ id, kind, instances, cost_usd_per_s }, index) => ({
        step,
        kind,
        id,
        instances: instances ?? null,
        usd_per_month: usdPerMonth(cost_usd_per_s),
        grown_instances: grown.items[index]?.instances ?? null,
        grown_usd_per_month: usdPerMonth(grown.items[index]?.cost_usd_per_s ?? 0),
      })),
    },
    ...(missing === '' ? [] : [{ kind: 'paragraph' as const, text: missing }]),
  ];
}
