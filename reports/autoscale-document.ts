import type { AutoscaleAnswer } from '../model/questions/autoscale.ts';
import type { AutoscaleFigures, InstanceChange, Stretch } from '../model/questions/autoscale-figures.ts';
import type { SpikeFigures } from '../model/questions/autoscale-spike.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { plot } from './plot.ts';
import type { Block, Cell, DataRow, ReportDocument, TableBlock } from './document.ts';

export interface AutoscaleDocumentOptions {
  /** Columns that the plot may take. */
  readonly width: number;
}

const RIGHT = 'right' as const;
const HOUR_S = 3600;
const DAY_S = 24 * HOUR_S;
const MONTH_S = 730 * HOUR_S;
const PLOT_WIDTH_MAX = 100;
/** Rows of the schedule that are shown; data hold all of them. */
const CHANGES_MAX = 40;

/** What autoscaling saves and where it falls short, drawn over the period; then its schedule and the hours. */
export function autoscaleDocument(answer: AutoscaleAnswer, options: AutoscaleDocumentOptions): ReportDocument {
  const { step, tier, title, pattern, spike, autoscaled } = answer;
  const shown = spike?.run ?? autoscaled;
  const over = `${pattern.name}${spike ? ` with ${spike.name}` : ''}`;
  return [
    { kind: 'heading', text: `${title}: autoscaling of ${tier} in step ${step} over ${over}` },
    { kind: 'paragraph', text: savingSentence(answer) },
    { kind: 'paragraph', text: overloadSentence(autoscaled, periodName(answer), spike !== null) },
    ...(spike ? [{ kind: 'paragraph' as const, text: spikeSentence(answer, spike) }] : []),
    { kind: 'drawing', text: drawing(answer, shown, Math.min(options.width, PLOT_WIDTH_MAX)) },
    waysTable(answer),
    { kind: 'paragraph', text: ruleSentence(answer), tone: 'dim' },
    ...scheduleBlocks(shown),
    { kind: 'heading', text: shown.hours[1]?.from_s === HOUR_S ? 'Hour by hour' : 'Over the period' },
    hoursTable(shown, answer.unit),
  ];
}

function savingSentence({ tier, rule, autoscaled, constant, saving, cost, pattern, step }: AutoscaleAnswer): string {
  const period = periodName({ pattern });
  const share = percent(Math.abs(saving));
  const hours = `${formatNumber(autoscaled.instanceHours)} instance-hours`;
  const instead = `${formatNumber(constant.instanceHours)} with ${count(constant.instances)} all the time`;
  const verdict =
    saving >= 0
      ? `Autoscaling saves ${share} of the instance-hours of \`${tier}\``
      : `Autoscaling takes ${share} more instance-hours of \`${tier}\``;
  const how = `${hours} a ${period} in place of ${instead}`;
  const tooFew = rule.max < constant.instances ? ` The rule's \`max: ${rule.max}\` is below what the peak needs.` : '';
  if (!cost)
    return `${verdict}: ${how}. The tier has no price in step ${step}, so that this is not put in money.${tooFew}`;
  const perMonth = (Math.abs(cost.saving_usd) / pattern.period_s) * MONTH_S;
  const money = `${usd(Math.abs(cost.saving_usd))} a ${period}, or ${usd(perMonth)} a month`;
  return `${verdict}, ${money}: ${how}.${tooFew}`;
}

function overloadSentence(
  { overloaded_s, highestUtilisation }: AutoscaleFigures,
  period: string,
  spiked: boolean,
): string {
  const fullest = percent(highestUtilisation);
  if (overloaded_s === 0)
    return `${spiked ? 'Without the spike it' : 'It'} is never overloaded: at its fullest it is ${fullest} in use.`;
  return `${spiked ? 'Without the spike it' : 'It'} is overloaded for ${duration(overloaded_s)} of the ${period}, by up to ${fullest} of what runs.`;
}

function spikeSentence({ rule, tier }: AutoscaleAnswer, spike: SpikeFigures): string {
  const open = spike.factorLow < spike.factorHigh;
  const factor = `${formatNumber(spike.factor)} times the load${open ? ` (the middle of ${spike.factorLow} to ${spike.factorHigh})` : ''}`;
  const what = `\`${spike.name}\`, ${factor} for ${duration(spike.duration_s)} from ${when(spike.from_s, '', spike.run.length_s)} on`;
  if (spike.overloaded_s === 0) return `${what}, never overloads \`${tier}\`.`;
  const fullest = `by up to ${percent(spike.run.highestUtilisation)} of what runs`;
  const limit = spike.limitedByMax ? `; \`max: ${rule.max}\` is too few for it` : '';
  if (spike.caughtUpAfter_s === null)
    return `${what}, is over before scaling catches up: \`${tier}\` is overloaded for all ${duration(spike.overloaded_s)} of it, ${fullest}${limit}.`;
  return `${what}, overloads \`${tier}\` until scaling catches up after ${duration(spike.caughtUpAfter_s)}, for ${duration(spike.overloaded_s)} in all, ${fullest}${limit}.`;
}

function drawing({ capacity, unit }: AutoscaleAnswer, { series, length_s }: AutoscaleFigures, width: number): string {
  const [scale, name] = length_s <= 2 * DAY_S ? [HOUR_S, 'hour'] : [DAY_S, 'day'];
  return plot({
    x: { label: name, format: (value) => formatNumber(value), values: series.map(({ from_s }) => from_s / scale) },
    y: { label: unit, format: (value) => formatNumber(value) },
    series: [
      { label: 'demand', values: series.map(({ highestDemand }) => highestDemand) },
      { label: 'capacity that runs', values: series.map(({ instancesLow }) => instancesLow * capacity) },
    ],
    width,
  });
}

interface Way {
  readonly name: string;
  readonly instancesLow: number;
  readonly instancesHigh: number;
  readonly instanceHours: number;
  readonly highestUtilisation: number;
  readonly overloaded_s: number;
  readonly length_s: number;
}

function waysTable({ autoscaled, constant, cost, spike, pattern }: AutoscaleAnswer): TableBlock {
  const { instances, instanceHours, utilisation: highestUtilisation } = constant;
  const flat = { instancesLow: instances, instancesHigh: instances, overloaded_s: 0, length_s: pattern.period_s };
  const ways: Way[] = [
    { name: 'constant', ...flat, instanceHours, highestUtilisation },
    { ...autoscaled, name: 'autoscaled' },
    ...(spike ? [{ ...spike.run, name: `with ${spike.name}` }] : []),
  ];
  const cost_usd = (way: Way): number | null => (cost ? way.instanceHours * cost.price_usd_per_h : null);
  return {
    kind: 'table',
    name: 'ways',
    columns: [
      { title: '' },
      { title: 'instances', align: RIGHT },
      { title: 'instance-hours', align: RIGHT },
      ...(cost ? [{ title: 'cost', align: RIGHT }] : []),
      { title: 'fullest', align: RIGHT },
      { title: 'overloaded', align: RIGHT },
    ],
    rows: ways.map((way): Cell[] => [
      way.length_s > pattern.period_s ? `${way.name}, ${duration(way.length_s)}` : way.name,
      range(way),
      formatNumber(way.instanceHours),
      ...(cost ? [usd(cost_usd(way) ?? 0)] : []),
      utilisationCell(way.highestUtilisation),
      way.overloaded_s === 0 ? '' : duration(way.overloaded_s),
    ]),
    data: ways.map((way) => ({
      way: way.name,
      length_s: way.length_s,
      instancesLow: way.instancesLow,
      instancesHigh: way.instancesHigh,
      instanceHours: way.instanceHours,
      cost_usd: cost_usd(way),
      highestUtilisation: way.highestUtilisation,
      overloaded_s: way.overloaded_s,
    })),
  };
}

function ruleSentence({ rule, pattern }: AutoscaleAnswer): string {
  const out = `one instance more after ${duration(rule.outAfter_s)} above ${percent(rule.outAbove)}, which carries load ${duration(rule.boot_s)} later`;
  const fewer = `one less after ${duration(rule.inAfter_s)} below ${percent(rule.inBelow)}`;
  return `The rule: ${out}; ${fewer}; ${rule.min} to ${rule.max} instances. Load follows \`${pattern.name}\` minute by minute, each part by its own factor, moving linearly for at most 10 min from one to the next; its peak is the demand that the plan computes.`;
}

function scheduleBlocks({ schedule, length_s }: AutoscaleFigures): Block[] {
  if (schedule.length === 0) return [{ kind: 'paragraph', text: 'The number of instances never changes.' }];
  const rest = schedule.length - CHANGES_MAX;
  const text = `… and ${rest} more changes; \`--json\` has them all.`;
  return [
    { kind: 'heading', text: `Schedule: ${schedule.length} changes` },
    {
      kind: 'table',
      name: 'schedule',
      columns: [{ title: 'at' }, { title: 'instances', align: RIGHT }, { title: '' }],
      rows: schedule
        .slice(0, CHANGES_MAX)
        .map((change): Cell[] => [
          when(change.at_s, change.part, length_s),
          `${change.from} → ${change.to}`,
          change.to > change.from ? 'out' : 'in',
        ]),
      data: schedule.map(({ at_s, part, from, to }: InstanceChange): DataRow => ({ at_s, part, from, to })),
    },
    ...(rest > 0 ? [{ kind: 'paragraph' as const, text }] : []),
  ];
}

function hoursTable({ hours, length_s }: AutoscaleFigures, unit: string): TableBlock {
  return {
    kind: 'table',
    name: 'hours',
    columns: [
      { title: 'from' },
      { title: 'demand up to', align: RIGHT },
      { title: 'instances', align: RIGHT },
      { title: 'instance-hours', align: RIGHT },
      { title: 'fullest', align: RIGHT },
      { title: 'overloaded', align: RIGHT },
    ],
    rows: hours.map((stretch): Cell[] => [
      beginning(stretch, length_s),
      formatInBaseUnit(stretch.highestDemand, unit),
      range(stretch),
      formatNumber(stretch.instanceHours),
      utilisationCell(stretch.highestUtilisation),
      stretch.overloaded_s === 0 ? '' : duration(stretch.overloaded_s),
    ]),
    data: hours.map((stretch): DataRow => ({ ...stretch, unit })),
  };
}

function utilisationCell(utilisation: number): Cell {
  const text = percent(utilisation);
  return utilisation > 1 ? { text, tone: 'bad' } : text;
}

function range({ instancesLow, instancesHigh }: Pick<Stretch, 'instancesLow' | 'instancesHigh'>): string {
  return instancesLow === instancesHigh ? `${instancesLow}` : `${instancesLow} to ${instancesHigh}`;
}

/** A moment: the pattern's part, the day where there are several, the time. */
function when(at_s: number, part: string, length_s: number): string {
  const day = length_s > DAY_S ? `day ${Math.floor(at_s / DAY_S) + 1}, ` : '';
  return `${part === '' ? '' : `${part}, `}${day}${clock(at_s)}`;
}

/** Of stretches of days the time of day says nothing. */
function beginning({ from_s, to_s, part }: Stretch, length_s: number): string {
  const moment = when(from_s, part, length_s);
  return to_s - from_s > 6 * HOUR_S ? moment.slice(0, -', 00:00'.length) : moment;
}

function clock(at_s: number): string {
  const minutes = Math.floor((at_s % DAY_S) / 60 + 1e-6);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const PERIODS: readonly (readonly [number, string])[] = [
  [HOUR_S, 'hour'],
  [DAY_S, 'day'],
  [7 * DAY_S, 'week'],
  [MONTH_S, 'month'],
  [365 * DAY_S, 'year'],
];

function periodName({ pattern }: Pick<AutoscaleAnswer, 'pattern'>): string {
  const named = PERIODS.find(([length_s]) => length_s === pattern.period_s);
  return named ? named[1] : `period of ${duration(pattern.period_s)}`;
}

/** Whole hours and minutes as such, as rules and patterns are written. */
function duration(time_s: number): string {
  const unit = ([DAY_S, HOUR_S, 60] as const).find((length_s) => time_s >= length_s && time_s % length_s === 0);
  if (unit === undefined) return formatInBaseUnit(time_s, 's');
  const number = formatNumber(time_s / unit);
  if (unit === DAY_S) return number === '1' ? '1 day' : `${number} days`;
  return `${number} ${unit === HOUR_S ? 'h' : 'min'}`;
}

function count(instances: number): string {
  return instances === 1 ? 'one instance' : `${formatNumber(instances)} instances`;
}

function usd(value: number): string {
  return value < 100 ? `$${value.toFixed(2)}` : `$${formatNumber(value)}`;
}

function percent(share: number): string {
  return `${formatNumber(share * 100, 3)} %`;
}
