import type { EstimatedBudget, EstimatedSpike } from '../model/estimate/estimate.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { amountOrUnstable } from './amount-text.ts';
import type { Cell, TableBlock } from './document.ts';
import { wholePercent } from './spread-text.ts';

const right = 'right' as const;

/** Latency budgets: what their terms add up to, and what is left. */
export function budgetsTable(budgets: readonly EstimatedBudget[]): TableBlock {
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

/** Spikes: from which step on they are carried, and what breaks otherwise. */
export function spikesTable(spikes: readonly EstimatedSpike[]): TableBlock {
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
