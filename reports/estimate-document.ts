import type {
  Estimate,
  EstimatedBudget,
  EstimatedQuantity,
  EstimatedSpike,
  EstimatedStep,
} from '../model/estimate/estimate.ts';
import type { Spread } from '../model/estimate/spread.ts';
import { formatNumber, formatInBaseUnit } from '../model/units/format.ts';
import { amountOrUnstable, amountText, monthlyText, percentText, usdPerMonth } from './amount-text.ts';
import type { Block, Cell, DataRow, ReportDocument, TableBlock } from './document.ts';

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

/** The input that explains most of the spread, with its share. */
function mostlyFrom(spread: Spread | undefined): string {
  if (!spread) return '';
  // Shares of variance are those of the samples that have a value, and say little where many have none.
  if (spread.unstable > 0) return `no value in ${percentText(spread.unstable)} of the samples`;
  const [first] = spread.ranking;
  return first ? `${wholePercent(first.share)} ${first.input}` : '';
}

export function wholePercent(share: number): string {
  return `${Math.round(share * 100)} %`;
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

function stepBlocks(step: EstimatedStep): Block[] {
  const { tiers, bottleneck, cost } = step;
  const worst = tiers.find(({ tier }) => tier === bottleneck);
  const paid = cost ? `. ${monthlyText(cost.total_usd_per_s)} a month` : '';
  const driven = driversText(worst?.utilisationSpread, cost?.spread_usd_per_s);
  return [
    { kind: 'heading', text: `Step ${step.step}: ${step.name}` },
    tiersTable(step),
    ...(worst
      ? [{ kind: 'paragraph' as const, text: `* ${breaks(worst.tier, worst.utilisation)}${paid}${driven}` }]
      : []),
  ];
}

/** What the spread of the fullest tier and of the cost comes from: the assumptions to pin down first. */
function driversText(utilisation: Spread | undefined, cost: Spread | undefined): string {
  const [load, money] = [mostlyFrom(utilisation), mostlyFrom(cost)];
  const parts = [load && `spread of its load: ${load}`, money && `of the cost: ${money}`].filter(Boolean);
  return parts.length > 0 ? `; ${parts.join('; ')}` : '';
}

function tiersTable({ step, tiers, bottleneck }: EstimatedStep): TableBlock {
  const sampled = tiers.some(({ utilisationSpread }) => utilisationSpread !== undefined);
  const rows = tiers.map((tier): Cell[] => [
    tier.tier === bottleneck ? { text: `${tier.tier} *`, tone: 'warn' } : tier.tier,
    formatInBaseUnit(tier.demand, tier.unit),
    formatInBaseUnit(tier.capacity, tier.unit),
    inUse(tier.utilisation),
    ...(sampled ? [spreadOfUse(tier.utilisationSpread)] : []),
    String(tier.needed),
    String(tier.provided),
    tier.needed <= tier.provided
      ? 'enough'
      : { text: beyondLimit(tier) ? `at most ${tier.limit}` : 'too few', tone: 'bad' },
  ]);
  return {
    kind: 'table',
    name: `step ${step}`,
    columns: [
      { title: 'tier' },
      { title: 'has to carry', align: right },
      { title: 'can carry', align: right },
      { title: 'in use', align: right },
      ...(sampled ? [{ title: 'p5 to p95', align: right }] : []),
      { title: 'needs', align: right },
      { title: 'has', align: right },
      { title: '', flexible: true },
    ],
    rows,
    data: tiers.map(({ tier, demand, capacity, unit, utilisation, needed, provided }) => ({
      step,
      tier,
      demand,
      capacity,
      unit,
      utilisation,
      needed,
      provided,
    })),
  };
}

function beyondLimit({ needed, limit }: EstimatedStep['tiers'][number]): boolean {
  return limit !== null && needed > limit;
}

function inUse(utilisation: number): Cell {
  const text = percentText(utilisation);
  return utilisation > 1 ? { text, tone: 'bad' } : text;
}

function spreadOfUse(spread: Spread | undefined): string {
  if (!spread) return '';
  const text = (value: number | null): string => (value === null ? 'unstable' : percentText(value));
  return `${text(spread.p5)} to ${text(spread.p95)}`;
}

function breaks(tier: string, utilisation: number): string {
  return utilisation > 1
    ? `\`${tier}\` breaks first: it carries ${percentText(1 / utilisation)} of the peak`
    : `\`${tier}\` breaks first, at ${formatNumber(1 / utilisation, 3)} times the peak`;
}

/** The answer first: which tier breaks first at each step, what load the step carries, and what it costs. */
function overviewBlocks({ steps, sampling }: Estimate): Block[] {
  if (steps.length === 0) return [];
  const priced = steps.some(({ cost }) => cost !== undefined);
  const drawn = priced && sampling !== undefined;
  const rows = steps.map(({ step, name, tiers, bottleneck, cost }): Cell[] => {
    const utilisation = tiers.find(({ tier }) => tier === bottleneck)?.utilisation ?? 0;
    const spread = cost?.spread_usd_per_s;
    return [
      String(step),
      bottleneck,
      inUse(utilisation),
      utilisation > 0 ? formatNumber(1 / utilisation, 3) : '',
      ...(priced ? [cost ? monthlyText(cost.total_usd_per_s) : ''] : []),
      ...(drawn ? [spread?.p5, spread?.p95].map((value) => (typeof value === 'number' ? monthlyText(value) : '')) : []),
      name,
    ];
  });
  const titles = ['in use', 'x peak', ...(priced ? ['$ a month'] : []), ...(drawn ? ['p5', 'p95'] : [])];
  return [
    {
      kind: 'table',
      name: 'steps',
      columns: [
        { title: 'step', align: right },
        { title: 'breaks first' },
        ...titles.map((title) => ({ title, align: right })),
        { title: '', flexible: true },
      ],
      rows,
      data: steps.map(({ step, bottleneck, cost }) => ({
        step,
        bottleneck,
        usd_per_month: cost ? usdPerMonth(cost.total_usd_per_s) : null,
      })),
    },
  ];
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

function budgetsTable(budgets: readonly EstimatedBudget[]): TableBlock {
  return {
    kind: 'table',
    name: 'budgets',
    columns: [
      { title: 'Latency budget' },
      { title: 'limit', align: right },
      { title: 'adds up to', align: right },
      { title: 'left', align: right },
      { title: 'largest term', flexible: true },
    ],
    rows: budgets.map(({ id, limit, total, left, unit, terms }): Cell[] => {
      const [largest] = terms.toSorted((a, b) => (b.value ?? Infinity) - (a.value ?? Infinity));
      return [
        id,
        formatInBaseUnit(limit, unit),
        amountOrUnstable(total, unit),
        leftCell(left, unit),
        largest ? `${wholePercent(largest.share)} ${largest.id}` : '',
      ];
    }),
    data: budgets.map(({ id, limit, total, left, unit }) => ({ id, limit, total, left, unit })),
  };
}

function leftCell(left: number | null, unit: string): Cell {
  if (left === null) return { text: 'none', tone: 'bad' };
  if (left < -1e-12) return { text: `${formatInBaseUnit(-left, unit)} over`, tone: 'bad' };
  return formatInBaseUnit(Math.max(0, left), unit);
}

function spikesTable(spikes: readonly EstimatedSpike[]): TableBlock {
  return {
    kind: 'table',
    name: 'spikes',
    columns: [
      { title: 'Spike on top of the peak' },
      { title: 'factor', align: right },
      { title: 'lasts', align: right },
      { title: 'carried from', align: right },
      { title: 'else breaks', flexible: true },
    ],
    rows: spikes.map(({ title, factor, duration_s, steps }): Cell[] => {
      const carried = steps.find(({ overloaded }) => overloaded.length === 0);
      const last = steps.at(-1);
      return [
        title,
        factor.low === factor.high
          ? `${formatNumber(factor.value)}x`
          : `${formatNumber(factor.low)}-${formatNumber(factor.high)}x`,
        formatInBaseUnit(duration_s, 's'),
        carried ? `step ${carried.step}` : { text: 'no step', tone: 'warn' },
        carried ? '' : (last?.overloaded.join(', ') ?? ''),
      ];
    }),
    data: spikes.map(({ name, factor, duration_s, steps }) => ({
      name,
      factor: factor.value,
      duration_s,
      carried_from_step: steps.find(({ overloaded }) => overloaded.length === 0)?.step ?? null,
    })),
  };
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
