import type { Estimate, EstimatedQuantity, EstimatedStep } from '../model/estimate/estimate.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';
import { wrap } from './text-width.ts';

export interface EstimateTextOptions {
  readonly style: Style;
  readonly width: number;
  /** Also lists the assumptions. */
  readonly full: boolean;
}

/** The capacity estimate: what follows, by subject; then what each step's tiers need against what they have. */
export function estimateText(estimate: Estimate, options: EstimateTextOptions): string {
  const { style } = options;
  const derived = estimate.quantities.filter((quantity) => quantity.formula !== undefined);
  const assumed = estimate.quantities.filter((quantity) => quantity.formula === undefined);
  const parts = [
    style.strong(estimate.title),
    ...sections(derived).map(([name, quantities]) => quantitiesText(name, quantities, options)),
    ...(options.full ? [assumptionsText(assumed, options)] : []),
    ...estimate.steps.map((step) => stepText(step, options)),
    footnote(assumed, options),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** A value with its unit: bytes, times and money in the unit that reads best, others as the plan has them. */
export function amountText({ value, unit }: EstimatedQuantity): string {
  if (unit === '%') return `${formatNumber(value)} %`;
  return formatInBaseUnit(value, unit);
}

function sections(quantities: readonly EstimatedQuantity[]): [string, EstimatedQuantity[]][] {
  return [...Map.groupBy(quantities, ({ id }) => id.split('.')[0] ?? '')];
}

function quantitiesText(name: string, quantities: readonly EstimatedQuantity[], options: EstimateTextOptions): string {
  const rows = quantities.map((quantity) => [
    quantity.id,
    amountText(quantity),
    options.style.dim(quantity.formula ?? ''),
  ]);
  const columns = [
    { title: capital(name) },
    { title: '', align: 'right' as const },
    { title: 'formula', flexible: true },
  ];
  return table({ columns, rows, width: options.width, style: options.style });
}

function assumptionsText(quantities: readonly EstimatedQuantity[], options: EstimateTextOptions): string {
  const rows = quantities.map((quantity) => [
    quantity.id,
    amountText(quantity),
    options.style.dim([quantity.source ?? 'assumed', quantity.note].filter((part) => part !== undefined).join('; ')),
  ]);
  const columns = [
    { title: 'Assumptions' },
    { title: '', align: 'right' as const },
    { title: 'source', flexible: true },
  ];
  return table({ columns, rows, width: options.width, style: options.style });
}

function stepText({ step, name, tiers, bottleneck }: EstimatedStep, options: EstimateTextOptions): string {
  const { style, width } = options;
  const rows = tiers.map((tier) => [
    tier.tier === bottleneck ? style.warn(`${tier.tier} *`) : tier.tier,
    `${formatNumber(tier.demand)} ${tier.unit}`,
    `${formatNumber(tier.capacity)} ${tier.unit}`,
    tier.utilisation > 1 ? style.bad(percent(tier.utilisation)) : percent(tier.utilisation),
    String(tier.needed),
    String(tier.provided),
    tier.needed > tier.provided ? style.bad('too few') : 'enough',
  ]);
  const right = 'right' as const;
  const columns = [
    { title: 'tier' },
    { title: 'has to carry', align: right },
    { title: 'can carry', align: right },
    { title: 'in use', align: right },
    { title: 'needs', align: right },
    { title: 'has', align: right },
    { title: '', flexible: true },
  ];
  const worst = tiers.find((tier) => tier.tier === bottleneck);
  const verdict = worst ? breaks(worst.tier, worst.utilisation) : '';
  return `${style.strong(`Step ${step}: ${name}`)}\n${table({ columns, rows, width, style })}\n* ${verdict}`;
}

function breaks(tier: string, utilisation: number): string {
  return utilisation > 1
    ? `\`${tier}\` breaks first: it carries ${percent(1 / utilisation)} of the peak`
    : `\`${tier}\` breaks first, at ${formatNumber(1 / utilisation, 3)} times the peak`;
}

function percent(share: number): string {
  return `${formatNumber(share * 100, 3)} %`;
}

function footnote(assumed: readonly EstimatedQuantity[], { full, width }: EstimateTextOptions): string {
  const own = assumed.filter((quantity) => quantity.assumed).length;
  const where = full ? '' : '; `--full` lists them';
  const text = `From ${assumed.length} assumptions, ${own} of them the plan's own${where}. \`shop-plan explain <name>\` derives a number.`;
  return wrap(text, width).join('\n');
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
