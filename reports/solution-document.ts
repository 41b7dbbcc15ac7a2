import type { CapacitySolution, StepCapacity } from '../model/questions/solve-capacity.ts';
import type { GoalSideValues, GoalSolution } from '../model/questions/solve-goal.ts';
import type { LoadSolution, LoadValue, SizedStep } from '../model/questions/solve-load.ts';
import { amountWords, percentWords } from '../model/questions/solve-words.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Block, Cell, ReportDocument, TableBlock } from './document.ts';

export type Solution = GoalSolution | LoadSolution | CapacitySolution;

const MONTH_S = 730 * 3600;
const RIGHT = 'right' as const;

/** The answer to `solve`: what to change first, then the figures that show it. */
export function solutionDocument(solution: Solution): ReportDocument {
  switch (solution.question) {
    case 'goal':
      return goalBlocks(solution);
    case 'load':
      return loadBlocks(solution);
    case 'capacity':
      return capacityBlocks(solution);
  }
}

function goalBlocks(solution: GoalSolution): ReportDocument {
  const { goal, before, value, unit, alreadyMet, step, iterations, tolerance } = solution;
  const is = `${solution.for} = ${amountWords(value, unit)}`;
  const how = tolerance === 0 ? 'Exact' : `Within ${percentWords(tolerance)}`;
  const where = step === null ? '' : ` at step ${step}`;
  const text = alreadyMet
    ? `meets ${goal} already, ${reach(solution)}.`
    : `instead of ${amountWords(before, unit)} meets ${goal}.`;
  return [
    { kind: 'heading', text: is },
    { kind: 'paragraph', text },
    goalTable(solution),
    { kind: 'paragraph', text: `${how}, found in ${iterations} evaluations${where}.`, tone: 'dim' },
  ];
}

function reach({ from, to, unit }: GoalSolution): string {
  if (from === null && to === null) return 'and so does every other value';
  const low = from === null ? '' : ` down to ${amountWords(from, unit)}`;
  const high = to === null ? '' : ` up to ${amountWords(to, unit)}`;
  return `and does so${low}${low && high ? ' and' : ''}${high}`;
}

function goalTable(solution: GoalSolution): TableBlock {
  const { before, value, unit, alreadyMet } = solution;
  const shown = solution.sides.filter((side) => side.side === 'left' || side.before !== side.after);
  const amount = (each: number | null, ofUnit: string): string => (each === null ? '∞' : amountWords(each, ofUnit));
  const row = (name: string, now: number | null, then: number | null, ofUnit: string): Cell[] => [
    name,
    amount(now, ofUnit),
    ...(alreadyMet ? [] : [amount(then, ofUnit), change(now, then)]),
  ];
  const changed = [
    { title: 'then', align: RIGHT },
    { title: '', align: RIGHT },
  ];
  return {
    kind: 'table',
    name: 'solution',
    columns: [{ title: '', flexible: true }, { title: 'now', align: RIGHT }, ...(alreadyMet ? [] : changed)],
    rows: [
      row(solution.for, before, value, unit),
      ...shown.map((side) => row(side.formula, side.before, side.after, side.unit)),
    ],
    data: [
      { name: solution.for, unit, before, after: value },
      ...solution.sides.map(({ formula, ...side }: GoalSideValues) => ({
        name: formula,
        unit: side.unit,
        before: side.before,
        after: side.after,
      })),
    ],
  };
}

function change(before: number | null, after: number | null): string {
  if (before === null || after === null || before === 0) return '';
  const ratio = after / before;
  if (ratio >= 10 || ratio <= 0.1) return `× ${formatNumber(ratio, 3)}`;
  return `${ratio < 1 ? '−' : '+'}${percentWords(Math.abs(ratio - 1))}`;
}

function loadBlocks(solution: LoadSolution): ReportDocument {
  const { chosen, rankedBy, load, rejected } = solution;
  const price = rankedBy === 'cost' ? monthly(chosen.cost_usd_per_s) : `${formatNumber(chosen.instances)} instances`;
  const others: Block[] = rejected.length === 0 ? [] : [rejectedTable(solution)];
  return [
    { kind: 'heading', text: `Step ${chosen.step} carries it for ${price}` },
    { kind: 'paragraph', text: chosen.name },
    loadTable(load),
    sizingTable(chosen, rankedBy === 'cost'),
    ...(chosen.costs.length > 0 && rankedBy === 'cost' ? [costsTable(chosen)] : []),
    ...notes(solution),
    ...others,
  ];
}

function notes({ chosen, rankedBy }: LoadSolution): Block[] {
  const { tiers, unpriced } = chosen;
  const fewer = tiers.filter(({ needed, provided }) => needed < provided).map(({ tier }) => tier);
  const texts = [
    rankedBy === 'instances'
      ? 'Not every step that carries it has prices, so the one with the fewest instances is chosen.'
      : unpriced.length > 0 && `Without a price, and so not in the cost: ${unpriced.join(', ')}.`,
    fewer.length > 0 &&
      `Fewer than the plan has: ${fewer.join(', ')}. Only load is looked at here, not what memory or a failure asks for.`,
  ];
  return texts.flatMap((text): Block[] => (text === false ? [] : [{ kind: 'paragraph', text }]));
}

function loadTable(load: readonly LoadValue[]): TableBlock {
  return {
    kind: 'table',
    name: 'load',
    columns: [{ title: 'load' }, { title: 'now', align: RIGHT }, { title: 'then', align: RIGHT }],
    rows: load.map(({ name, before, value, unit }) => [name, amountWords(before, unit), amountWords(value, unit)]),
    data: load.map(({ name, unit, before, value }) => ({ name, unit, before, value })),
  };
}

function sizingTable({ tiers }: SizedStep, priced: boolean): TableBlock {
  const cost = priced ? [{ title: 'cost', align: RIGHT }] : [];
  return {
    kind: 'table',
    name: 'tiers',
    columns: [
      { title: 'tier', flexible: true },
      { title: 'has to carry', align: RIGHT },
      { title: 'one carries', align: RIGHT },
      { title: 'has', align: RIGHT },
      { title: 'needs', align: RIGHT },
      { title: 'in use', align: RIGHT },
      ...cost,
    ],
    rows: tiers.map(({ tier, demand, capacity, unit, provided, needed, utilisation, cost_usd_per_s }) => [
      tier,
      formatInBaseUnit(demand, unit),
      formatInBaseUnit(capacity, unit),
      formatNumber(provided),
      needed === provided ? formatNumber(needed) : { text: formatNumber(needed), tone: 'strong' },
      percentWords(utilisation),
      ...(priced ? [cost_usd_per_s === null ? '' : monthly(cost_usd_per_s)] : []),
    ]),
    data: tiers.map((tier) => ({ ...tier })),
  };
}

function costsTable({ costs, cost_usd_per_s }: SizedStep): TableBlock {
  const tiers = cost_usd_per_s - costs.reduce((sum, item) => sum + item.cost_usd_per_s, 0);
  const rows = [{ cost: 'tiers', cost_usd_per_s: tiers }, ...costs, { cost: 'all', cost_usd_per_s }];
  return {
    kind: 'table',
    name: 'costs',
    columns: [{ title: 'cost' }, { title: '', align: RIGHT }],
    rows: rows.map((row) => [row.cost, monthly(row.cost_usd_per_s)]),
    data: rows.map((row) => ({ ...row })),
  };
}

function rejectedTable({ rejected, rankedBy }: LoadSolution): TableBlock {
  const priced = rankedBy === 'cost';
  return {
    kind: 'table',
    name: 'rejected',
    columns: [
      { title: 'not', align: RIGHT },
      { title: priced ? 'cost' : 'instances', align: RIGHT },
      { title: 'why', flexible: true },
    ],
    rows: rejected.map(({ step, cost_usd_per_s, instances, why }) => [
      `step ${step}`,
      priced ? (cost_usd_per_s === null ? '' : monthly(cost_usd_per_s)) : instances === null ? '' : String(instances),
      why,
    ]),
    data: rejected.map((step) => ({ ...step })),
  };
}

function monthly(cost_usd_per_s: number): string {
  const month = cost_usd_per_s * MONTH_S;
  return `${amountWords(month >= 100 ? Math.round(month) : month, 'USD')}/month`;
}

function capacityBlocks({ steps, drivers, tolerance }: CapacitySolution): ReportDocument {
  const times = (factor: number | null): number => factor ?? Infinity;
  const most = Math.max(...steps.map(({ factor }) => times(factor)));
  const best = steps.filter(({ factor }) => times(factor) === most).map(({ step }) => step);
  const carry = best.length === 1 ? `Step ${best.join('')} carries` : `Steps ${best.join(', ')} carry`;
  const heading = `${carry} most: ${timesWords(Number.isFinite(most) ? most : null)}`;
  const loads = drivers.map(({ name, before, unit }) => `${name} = ${amountWords(before, unit)}`).join(', ');
  const together = drivers.length > 1 ? 'all changed by the same factor, ' : '';
  const text = `Within ${percentWords(tolerance)}; times ${loads}, ${together}with the instances that the plan has.`;
  return [{ kind: 'heading', text: heading }, capacityTable(steps), { kind: 'paragraph', text, tone: 'dim' }];
}

function timesWords(factor: number | null): string {
  return factor === null ? 'any load' : `${formatNumber(factor, 3)} times the present load`;
}

function capacityTable(steps: readonly StepCapacity[]): TableBlock {
  // Several drivers change by the same factor, which then says it all.
  const single = steps.every(({ load }) => load.length === 1);
  return {
    kind: 'table',
    name: 'steps',
    columns: [
      { title: 'step', align: RIGHT },
      { title: 'carries', align: RIGHT },
      ...(single ? [{ title: '', align: RIGHT }] : []),
      { title: 'limited by' },
      { title: 'now in use', align: RIGHT },
      { title: 'name', flexible: true },
    ],
    rows: steps.map(({ step, factor, load, limitedBy, utilisation, name }) => [
      String(step),
      factor === null ? 'any load' : { text: `× ${formatNumber(factor, 3)}`, tone: factor < 1 ? 'bad' : 'good' },
      ...(single ? load.map(({ value, unit }) => (value === null ? '' : amountWords(value, unit))) : []),
      limitedBy ?? '',
      utilisation === null ? '' : percentWords(utilisation),
      { text: name, tone: 'dim' },
    ]),
    data: steps.map(({ load, ...step }) => ({
      ...step,
      ...Object.fromEntries(load.map(({ name, unit, value }) => [`${name} (${unit})`, value])),
    })),
  };
}
