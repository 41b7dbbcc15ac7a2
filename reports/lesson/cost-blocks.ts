import { stepCost } from '../../model/cost/step-cost.ts';
import type { StepCost, StepCostItem } from '../../model/cost/step-cost.ts';
import { usdPerMonth } from '../../model/cost/usd-per-month.ts';
import { Values } from '../../model/plan/compute.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { formatNumber } from '../../model/units/format.ts';
import type { Block, Cell, TableBlock } from '../document.ts';
import { enumerated } from '../topology/link-words.ts';

const right = 'right' as const;

/** What a step costs a month, item by item beside the step before it where there is one, in dollars; empty where nothing has a price. */
export function costBlocks(plan: Plan, before: number | null, step: number): Block[] {
  const values = new Values(plan.quantities);
  const costOf = (number: number | null): StepCost | undefined => {
    const found = plan.steps.find((each) => each.step === number);
    return found && stepCost(plan, found, values);
  };
  const [earlier, now] = [costOf(before), costOf(step)];
  if (!now || now.items.length + (earlier?.items.length ?? 0) === 0) return [];
  const missing = now.unpriced.length > 0 ? ` The plan has no price for ${enumerated(now.unpriced)}.` : '';
  return [
    earlier ? comparedTable(earlier, now, [`step ${before}`, `step ${step}`]) : singleTable(now),
    { kind: 'paragraph', text: `Dollars a month of 730 hours.${pricesText(plan)}${missing}` },
  ];
}

function pricesText({ prices }: Plan): string {
  return prices ? ` ${prices.title}, as of ${prices.asOf}.` : '';
}

function comparedTable(before: StepCost, now: StepCost, steps: readonly [string, string]): TableBlock {
  const ids = [...new Set([...before.items, ...now.items].map(({ id }) => id))];
  const pairs = ids.map((id) => ({
    id,
    old: before.items.find((item) => item.id === id),
    now: now.items.find((item) => item.id === id),
  }));
  const cells = (name: string, was: number | undefined, is: number | undefined): Cell[] => [
    name,
    was === undefined ? '-' : money(was),
    is === undefined ? '-' : money(is),
    difference(was ?? 0, is ?? 0),
  ];
  return {
    kind: 'table',
    name: 'cost',
    columns: [{ title: 'item', flexible: true }, ...[...steps, 'difference'].map((title) => ({ title, align: right }))],
    rows: [
      ...pairs.map(({ old, now }) => cells(nameOf(old, now), old?.cost_usd_per_s, now?.cost_usd_per_s)),
      cells('total', before.total_usd_per_s, now.total_usd_per_s),
    ],
    data: pairs.map(({ id, old, now }) => ({
      item: id,
      before_usd_per_month: old ? usdPerMonth(old.cost_usd_per_s) : null,
      after_usd_per_month: now ? usdPerMonth(now.cost_usd_per_s) : null,
    })),
  };
}

function singleTable({ items, total_usd_per_s }: StepCost): TableBlock {
  return {
    kind: 'table',
    name: 'cost',
    columns: [
      { title: 'item', flexible: true },
      { title: 'a month', align: right },
    ],
    rows: [
      ...items.map((item) => [nameOf(undefined, item), money(item.cost_usd_per_s)]),
      ['total', money(total_usd_per_s)],
    ],
    data: items.map(({ id, cost_usd_per_s }) => ({ item: id, after_usd_per_month: usdPerMonth(cost_usd_per_s) })),
  };
}

/** A tier with its instances: `app, 9`, `database, 1 then 4`; else its title. */
function nameOf(old: StepCostItem | undefined, now: StepCostItem | undefined): string {
  const item = now ?? old;
  if (!item) return '';
  const counts = [...new Set([old?.instances, now?.instances])].filter((count) => count !== undefined);
  const name = item.title ?? item.id;
  return counts.length === 0 ? name : `${name}, ${counts.map((count) => formatNumber(count)).join(' then ')}`;
}

/** Cents matter in small bills only. */
function money(cost_usd_per_s: number): string {
  const month = usdPerMonth(cost_usd_per_s);
  return `$${Math.abs(month) < 100 ? formatNumber(month) : formatNumber(Math.round(month), 12)}`;
}

function difference(was: number, is: number): string {
  const more = is - was;
  if (usdPerMonth(more) === 0) return 'the same';
  return `${more < 0 ? '-' : '+'}${money(Math.abs(more))}`;
}
