import { anyCensored, latenciesOf, latencyAtQuantile } from '../../model/judge/latencies.ts';
import type { Latencies } from '../../model/judge/latencies.ts';
import { classesOf, isNoData, phasesOf } from '../../model/judge/window.ts';
import type { ClassObservation, Observation } from '../../model/observation/observation.ts';
import { formatInBaseUnit, formatNumber } from '../../model/units/format.ts';
import { widenedLogScale } from '../plot-axis.ts';
import type { PlotScale } from '../plot-axis.ts';
import { figureMarkup } from './figure.ts';
import type { Content } from './markup.ts';
import { plotMarkup } from './plot.ts';
import type { PlotPoint } from './plot.ts';

/** Percentiles with a label on the axis, and in the table. */
const LABELLED = [50, 90, 99, 99.9, 99.99, 99.999];
const PER_DECADE = 12;
const TICKS = 7;
/** A curve ends where fewer requests than this were slower: beyond it shows single requests, not a distribution. */
const SLOWER_MIN = 10;

/** How response times are spread, by request class over the judged phases: percentiles against 1 / (1 - q), so that the tail has room. */
export function latencyCurves(observation: Observation): Content {
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases);
  if (isNoData(classes)) return null;
  const groups = [...Map.groupBy(classes, (each) => each.class)].map(([name, each]) => curveOf(name, each));
  const curves = (groups.length > 1 ? [curveOf('all', classes), ...groups] : groups).filter(
    ({ latencies }) => latencies.recorded > 0,
  );
  const values = curves.flatMap(({ points }) => points.flatMap(({ y }) => y ?? []));
  if (values.length === 0) return null;
  const reach = Math.max(...curves.flatMap(({ points }) => points.map(({ x }) => x)));
  const format = (value: number): string => formatInBaseUnit(Number(value.toPrecision(3)), 's');
  const drawing = plotMarkup({
    x: { label: 'percentile', scale: tailScale(reach), format: (x) => `${formatNumber(100 - 100 / x, 7)} %` },
    y: { label: 'response time', scale: widenedLogScale(Math.min(...values), Math.max(...values), TICKS), format },
    lines: curves.filter(({ points }) => points.length > 0).map(({ name, points }) => ({ label: name, points })),
  });
  const caption = `Response times by percentile, judged phases together; both axes logarithmic. A curve ends where fewer than ${SLOWER_MIN} requests were slower, or where requests failed: those rank as slower than every answer.`;
  const shown = LABELLED.filter((percent) => reach >= (100 / (100 - percent)) * 0.99);
  const data = {
    caption: 'Response times by percentile',
    columns: [
      { title: 'Class' },
      ...['requests', ...shown.map((percent) => `p${percent}`)].map((title) => ({ title, numeric: true })),
    ],
    rows: curves.map(({ name, latencies }): Content[] => [
      name,
      formatNumber(latencies.recorded + latencies.unanswered),
      ...shown.map((percent) => latencyText(latencies, percent / 100)),
    ]),
  };
  return figureMarkup({ drawing, caption, data });
}

interface Curve {
  readonly name: string;
  readonly latencies: Latencies;
  readonly points: readonly PlotPoint[];
}

function curveOf(name: string, classes: readonly ClassObservation[]): Curve {
  const latencies = latenciesOf(classes, 'response');
  const sent = latencies.recorded + latencies.unanswered;
  const points: PlotPoint[] = [];
  for (let step = 0; ; step++) {
    const x = 2 * 10 ** (step / PER_DECADE);
    if (sent / x < SLOWER_MIN) break;
    const { value_us, censored } = latencyAtQuantile(latencies, 1 - 1 / x);
    if (censored) break;
    // Logarithms have no 0: less than a microsecond is not told apart.
    points.push({ x, y: Math.max(value_us, 1) / 1e6 });
  }
  return { name, latencies, points };
}

/** From the median to the last percentile that any curve reaches, to 99 % at least. */
function tailScale(reach: number): PlotScale {
  const high = Math.max(100, reach);
  const at = (x: number): number => Math.log(x / 2) / Math.log(high / 2);
  return {
    low: 2,
    high,
    at,
    ticks: LABELLED.map((percent) => Math.round(100 / (100 - percent))).filter((x) => x <= high * 1.001),
  };
}

function latencyText(latencies: Latencies, quantile: number): string {
  const sent = latencies.recorded + latencies.unanswered;
  if (sent * (1 - quantile) < 1) return '-';
  const { value_us, censored } = latencyAtQuantile(latencies, quantile);
  const least = censored || (anyCensored(latencies) && value_us >= latencies.censored_from_us) ? '≥ ' : '';
  return `${least}${formatInBaseUnit(Number((value_us / 1e6).toPrecision(3)), 's')}`;
}
