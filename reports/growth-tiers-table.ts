import type { GrowthAnswer, Passing, TierGrowth } from '../model/questions/growth.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Cell, TableBlock } from './document.ts';
import type { Column } from './table.ts';

const RIGHT = 'right' as const;

type TierColumn = Column & { readonly cell: (tier: TierGrowth) => Cell };

/**
 * When each tier is exhausted with what is provided; then, where tiers get what they need, how many that is in the last
 * month, else how full they are.
 */
export function growthTiersTable(answer: GrowthAnswer, { full }: { readonly full: boolean }): TableBlock {
  const { steps } = answer;
  const columns = tierColumns(answer);
  const rows = steps.flatMap(({ step, tiers }) =>
    tiers
      .filter((tier) => full || isPassed(tier))
      .map((tier, index): Cell[] => [index === 0 ? String(step) : '', ...columns.map(({ cell }) => cell(tier))]),
  );
  return {
    kind: 'table',
    name: 'tiers',
    columns: [{ title: 'step', align: RIGHT }, ...columns],
    rows,
    data: steps.flatMap(({ step, tiers }) =>
      tiers.map(({ headroomUsed, saturated, ...tier }) => ({
        step,
        ...tier,
        headroomUsedInMonth: headroomUsed?.month ?? null,
        headroomUsedFromStart: headroomUsed?.fromStart ?? false,
        saturatedInMonth: saturated?.month ?? null,
        saturatedFromStart: saturated?.fromStart ?? false,
      })),
    ),
  };
}

/** True when the provided instances do not last. */
export function isPassed({ headroomUsed, saturated }: TierGrowth): boolean {
  return headroomUsed !== null || saturated !== null;
}

/** A share as a percentage; `∞` where there is no finite one. */
export function percentOrInfinite(share: number | null): string {
  return share === null ? '∞' : `${formatNumber(share * 100, 3)} %`;
}

function tierColumns({ sizing, months }: GrowthAnswer): TierColumn[] {
  const first: TierColumn[] = [
    { title: 'tier', flexible: true, cell: ({ tier }) => tier },
    { title: 'month 0', align: RIGHT, cell: ({ utilisationFirst }) => percentOrInfinite(utilisationFirst) },
  ];
  const passings: TierColumn[] = [
    { title: 'headroom gone', cell: ({ headroom, headroomUsed }) => (headroom === null ? '' : text(headroomUsed)) },
    { title: 'passes 100 %', cell: saturatedCell },
  ];
  const last: TierColumn = {
    title: `month ${months}`,
    align: RIGHT,
    cell: ({ utilisationLast }) => percentOrInfinite(utilisationLast),
  };
  const instances: TierColumn[] = [
    { title: 'has', align: RIGHT, cell: ({ provided }) => count(provided) },
    { title: 'needs', align: RIGHT, cell: neededCell },
    { title: 'limit', align: RIGHT, cell: ({ limit }) => (limit === null ? '' : count(limit)) },
  ];
  return sizing === 'as needed' ? [...first, ...passings, ...instances] : [...first, last, ...passings];
}

function neededCell({ needed, limit }: TierGrowth): Cell {
  const isBeyond = needed === null || needed > (limit ?? Infinity);
  return isBeyond ? { text: count(needed), tone: 'bad' } : count(needed);
}

function count(instances: number | null): string {
  return instances === null ? '∞' : formatNumber(instances);
}

function saturatedCell({ saturated }: TierGrowth): Cell {
  return saturated ? { text: text(saturated), tone: saturated.fromStart ? 'bad' : 'warn' } : text(saturated);
}

function text(passing: Passing | null): string {
  if (!passing) return '—';
  return passing.fromStart ? 'at the start' : `month ${passing.month}`;
}
