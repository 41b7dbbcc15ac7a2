import type { Driver, GrowthAnswer } from '../model/questions/growth.ts';
import type { Sizing } from '../model/questions/growth-loads.ts';
import type { Bottleneck, DuePeriod } from '../model/questions/growth-timeline.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Block, Cell, ReportDocument, TableBlock } from './document.ts';
import { growthSentence } from './growth-sentence.ts';
import { growthTiersTable, isPassed, percentOrInfinite } from './growth-tiers-table.ts';

const RIGHT = 'right' as const;

export interface GrowthDocumentOptions {
  /** Also lists the tiers that have enough throughout. */
  readonly full: boolean;
}

/** How long the steps last: the answer in a sentence, then the timeline, the drivers, and when each tier is full. */
export function growthDocument(answer: GrowthAnswer, asked: GrowthDocumentOptions): ReportDocument {
  const tiers = answer.steps.flatMap((step) => step.tiers);
  const options = { full: asked.full || !tiers.some(isPassed) };
  return [
    { kind: 'heading', text: `${answer.title}: ${answer.months} months of growth` },
    { kind: 'paragraph', text: growthSentence(answer) },
    timelineTable(answer),
    { kind: 'heading', text: 'What grows' },
    driversTable(answer),
    ...behindLastPoints(answer),
    { kind: 'heading', text: tiersHeading(answer) },
    growthTiersTable(answer, options),
    { kind: 'paragraph', text: footnote(answer, options), tone: 'dim' },
  ];
}

function tiersHeading({ sizing, months }: GrowthAnswer): string {
  return sizing === 'as needed'
    ? `When the provided instances are full, and how many each tier needs in month ${months}`
    : 'When each tier saturates';
}

function footnote({ steps, months, sizing }: GrowthAnswer, { full }: GrowthDocumentOptions): string {
  const quiet = steps.flatMap(({ tiers }) => tiers).filter((tier) => !isPassed(tier)).length;
  const said = [
    sizing === 'as needed'
      ? 'Steps carry the load with the instances that their tiers need, up to the limit; `--fixed` keeps those they have.'
      : 'Tiers keep the instances of the plan.',
    'Each tier is shown as if its step were the running one from the start.',
    `What happens in month n happens between n and n + 1 months after launch; — is not within these ${months} months.`,
    ...(full || quiet === 0 ? [] : [`${quiet} more have enough throughout; \`--full\` lists them.`]),
  ];
  return said.join(' ');
}

function timelineTable({ timeline, months, sizing }: GrowthAnswer): TableBlock {
  return {
    kind: 'table',
    name: 'timeline',
    columns: [{ title: 'months' }, { title: 'step that is due', flexible: true }, { title: 'limit', flexible: true }],
    rows: timeline.map((period) => [
      period.fromMonth === period.untilMonth ? `${period.fromMonth}` : `${period.fromMonth} to ${period.untilMonth}`,
      period.step === null ? { text: 'none', tone: 'bad' } : `${period.step}: ${period.name}`,
      limitText(period, months, sizing),
    ]),
    data: timeline.map(({ step, name, fromMonth, untilMonth, bottleneck }) => ({
      fromMonth,
      untilMonth,
      step,
      name,
      bottleneckStep: bottleneck?.step ?? null,
      bottleneck: bottleneck?.tier ?? null,
      utilisation: bottleneck?.utilisation ?? null,
      needed: bottleneck?.needed ?? null,
      limit: bottleneck?.limit ?? null,
    })),
  };
}

function limitText({ step, fromMonth, untilMonth, bottleneck }: DuePeriod, months: number, sizing: Sizing): string {
  if (!bottleneck) return step !== null && untilMonth < months ? 'none: a lighter step is enough again' : '';
  const month = step === null ? fromMonth : untilMonth + 1;
  const of = step === null ? ` of step ${bottleneck.step}` : '';
  const how = sizing === 'as needed' ? wanting(bottleneck) : percentOrInfinite(bottleneck.utilisation);
  return `${bottleneck.tier}${of}, ${how} in month ${month}`;
}

function wanting({ needed, limit }: Bottleneck): string {
  if (needed === null) return 'not enough at any number';
  return `limit ${formatNumber(limit ?? Infinity)}, needs ${formatNumber(needed)}`;
}

function driversTable({ timeline, drivers }: GrowthAnswer): TableBlock {
  const dueIn = (month: number): DuePeriod | undefined =>
    timeline.find(({ fromMonth, untilMonth }) => fromMonth <= month && month <= untilMonth);
  const months = drivers[0]?.values.map(({ month }) => month) ?? [];
  const rows = months.flatMap((month, index) =>
    drivers.map((driver, position): Cell[] => [
      ...(position === 0 ? [String(month), stepText(dueIn(month))] : ['', '']),
      driver.quantity,
      amount(driver, driver.values[index]?.value ?? null),
    ]),
  );
  return {
    kind: 'table',
    name: 'drivers',
    columns: [
      { title: 'month', align: RIGHT },
      { title: 'due' },
      { title: 'quantity', flexible: true },
      { title: 'value', align: RIGHT },
    ],
    rows,
    data: drivers.flatMap(({ quantity, unit, values }) =>
      values.map(({ month, value }) => ({ month, step: dueIn(month)?.step ?? null, quantity, value, unit })),
    ),
  };
}

function stepText(period: DuePeriod | undefined): string {
  return period?.step === null || period === undefined ? 'no step' : `step ${period.step}`;
}

function amount({ unit }: Driver, value: number | null): string {
  if (value === null) return '∞';
  return unit === '%' ? `${formatNumber(value)} %` : formatInBaseUnit(value, unit);
}

/** What the plan leaves open: growth that names no rate stands still behind its last point. */
function behindLastPoints({ drivers, months }: GrowthAnswer): Block[] {
  const behind = drivers.filter(({ lastPoint }) => lastPoint < months);
  return behind.map(({ quantity, lastPoint, ratePerMonth }): Block => {
    const from = lastPoint > 0 ? `Behind month ${formatNumber(lastPoint)}, its last point,` : 'From month 0 on,';
    const rate = `${percentOrInfinite(Math.abs(ratePerMonth))} a month`;
    const text =
      ratePerMonth === 0
        ? `${from} \`${quantity}\` is held constant: its growth names no \`rate\`.`
        : `${from} \`${quantity}\` ${ratePerMonth > 0 ? 'grows' : 'shrinks'} by ${rate}.`;
    return { kind: 'paragraph', text };
  });
}
