import type { Interval, Observation } from '../../model/observation/observation.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import { widenedLogScale, widenedScale } from '../plot-axis.ts';
import { bucketLength_s, bucketsOf, spreadOf } from './buckets.ts';
import type { Bucket } from './buckets.ts';
import { figureMarkup } from './figure.ts';
import type { Content, Markup } from './markup.ts';
import { plotMarkup } from './plot.ts';
import type { PlotLine, PlotPoint } from './plot.ts';
import { scenarioDuration, spansOf, timeAxis, timeText } from './run-time.ts';

const TICKS = 5;
const LOG_TICKS = 7;
type Buckets = readonly Bucket<Interval>[];

/** Rates and response times over the time of a run; nothing where nothing was sent. */
export function overTime(observation: Observation): Content {
  const { intervals, interval_s = 1 } = observation;
  if (intervals.length < 2) return null;
  const length_s = bucketLength_s(scenarioDuration(observation), interval_s);
  const buckets = bucketsOf(intervals, length_s, ({ start_s }) => start_s);
  const isMany = length_s > interval_s;
  return [latencyFigure(observation, buckets, isMany), rateFigure(observation, buckets, isMany)];
}

const PERCENTILES = ['p50', 'p95', 'p99'] as const;
type Percentile = (typeof PERCENTILES)[number];

function latencyFigure(observation: Observation, buckets: Buckets, isMany: boolean): Content {
  const lines = PERCENTILES.map((name): PlotLine => {
    return { label: name, points: buckets.map((bucket) => latencyPoint(bucket, name)) };
  });
  const all = lines.flatMap(({ points }) => points.flatMap(({ y, low, high }) => [y, low, high]));
  const seen = all.filter((value): value is number => typeof value === 'number');
  if (seen.length === 0) return null;
  const scale = widenedLogScale(Math.min(...seen), Math.max(...seen), LOG_TICKS);
  const drawing = plotMarkup({
    x: timeAxis(observation),
    y: { label: 'response time', scale, format: seconds },
    lines,
    spans: spansOf(observation),
    rows: buckets.map(({ start_s, end_s }) => (start_s + end_s) / 2),
  });
  const many = isMany
    ? ` ${pointText(buckets)}: the line is the middle of its intervals' values, the band their whole range.`
    : '';
  const caption = `Response times from the intended arrival on, by the time that users asked; logarithmic.${many}`;
  const data = {
    caption: 'Response times over time',
    columns: ['From', ...PERCENTILES, 'longest'].map((title, index) => ({ title, numeric: index > 0 })),
    rows: buckets.map((bucket): Content[] => [
      timeText(bucket.start_s),
      ...PERCENTILES.map((name) => rangeText(latencyPoint(bucket, name))),
      longest(bucket),
    ]),
  };
  return figureMarkup({ drawing, caption, data });
}

/** Logarithms have no 0, which stands for no request. */
function latencyPoint({ start_s, end_s, items }: Bucket<Interval>, name: Percentile): PlotPoint {
  const spread = spreadOf(items.map(({ response_us }) => response_us[name] / 1e6).filter((value) => value > 0));
  const x = (start_s + end_s) / 2;
  if (!spread) return { x, y: null };
  return { x, y: spread.middle, ...(items.length > 1 && { low: spread.low, high: spread.high }) };
}

function longest({ items }: Bucket<Interval>): string {
  const most = Math.max(...items.map(({ response_us }) => response_us.max));
  return most > 0 ? seconds(most / 1e6) : '-';
}

function rangeText({ y, low, high }: PlotPoint): string {
  if (y === null) return '-';
  return low === undefined || high === undefined || low === high
    ? seconds(y)
    : `${seconds(y)} (${seconds(low)} to ${seconds(high)})`;
}

/** What is counted in each interval, and whether the plot leaves it out when there is none. */
const COUNTS: readonly {
  readonly label: string;
  readonly of: (interval: Interval) => number;
  readonly isFailure?: true;
}[] = [
  { label: 'scheduled', of: ({ scheduled }) => scheduled },
  { label: 'ok', of: ({ ok }) => ok },
  { label: 'HTTP errors', of: ({ http_error }) => http_error, isFailure: true },
  { label: 'timeouts', of: ({ timeout }) => timeout, isFailure: true },
  { label: 'resets', of: ({ reset }) => reset, isFailure: true },
  { label: 'dropped by the generator', of: ({ dropped }) => dropped, isFailure: true },
];

function rateFigure(observation: Observation, buckets: Buckets, isMany: boolean): Markup {
  const { intervals, interval_s = 1 } = observation;
  const counts = COUNTS.filter(({ of, isFailure }) => !isFailure || intervals.some((interval) => of(interval) > 0));
  const lines = counts.map(({ label, of }): PlotLine => {
    return { label, points: buckets.map((bucket) => ratePoint(bucket, interval_s, of)) };
  });
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(({ y, high }) => high ?? y ?? 0)));
  const drawing = plotMarkup({
    x: timeAxis(observation),
    y: { label: 'requests a second', scale: widenedScale(0, highest, TICKS), format: (value) => formatNumber(value) },
    lines,
    spans: spansOf(observation),
    rows: buckets.map(({ start_s, end_s }) => (start_s + end_s) / 2),
  });
  const many = isMany
    ? ` ${pointText(buckets)}: the line is the mean, the band reaches from its quietest to its busiest interval.`
    : '';
  const caption = `What was to be sent and what became of it, by the time that users asked.${many}`;
  const data = {
    caption: 'Requests a second over time',
    columns: [{ title: 'From' }, ...counts.map(({ label }) => ({ title: label, numeric: true }))],
    rows: buckets.map((bucket): Content[] => [
      timeText(bucket.start_s),
      ...counts.map(({ of }) => formatNumber(ratePoint(bucket, interval_s, of).y ?? 0)),
    ]),
  };
  return figureMarkup({ drawing, caption, data });
}

function ratePoint(
  { start_s, end_s, items }: Bucket<Interval>,
  interval_s: number,
  of: (interval: Interval) => number,
): PlotPoint {
  const rates = items.map((interval) => of(interval) / interval_s);
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const range = { low: Math.min(...rates), high: Math.max(...rates) };
  return { x: (start_s + end_s) / 2, y: mean, ...(items.length > 1 && range) };
}

function pointText(buckets: Buckets): string {
  const [first] = buckets;
  return `Each point stands for ${first ? formatInBaseUnit(first.end_s - first.start_s, 's') : 'several intervals'}`;
}

function seconds(value: number): string {
  return formatInBaseUnit(Number(value.toPrecision(3)), 's');
}
