import { usdPerMonth } from '../model/cost/usd-per-month.ts';
import type { Estimate, EstimatedStep } from '../model/estimate/estimate.ts';
import type { Spread } from '../model/estimate/spread.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { monthlyText, percentText } from './amount-text.ts';
import type { Block, Cell, TableBlock } from './document.ts';
import { mostlyFrom } from './spread-text.ts';

const right = 'right' as const;

/** The answer first: which tier breaks first at each step, what load the step carries, and what it costs. */
export function overviewBlocks({ steps, sampling }: Estimate): Block[] {
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

/** A step: what each tier needs against what it has, and which breaks first. */
export function stepBlocks(step: EstimatedStep): Block[] {
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
