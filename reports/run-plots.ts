import { classesOf, isNoData, phasesOf } from '../model/judge/window.ts';
import { createHistogram, decode, merge, percentile, sampleCount } from '../model/observation/histogram.ts';
import type { Histogram } from '../model/observation/histogram.ts';
import type { Observation } from '../model/observation/observation.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import { plot, SERIES_MAX } from './plot.ts';

const HEIGHT = 7;

/** Rate and p95 over time, with faults marked by `▲`, and the percentiles of each class; what there is too little of is left out. */
export function runPlots(observation: Observation, width: number): string[] {
  return [...plotsOverTime(observation, width), ...percentilePlot(observation, width)];
}

function plotsOverTime({ intervals, interval_s = 1, faults = [] }: Observation, width: number): string[] {
  if (intervals.length < 2) return [];
  const x = {
    label: faults.length === 0 ? 'time' : 'time; ▲ a fault',
    format: (value: number) => formatInBaseUnit(value, 's'),
    values: intervals.map(({ start_s }) => start_s),
    marks: faults.map(({ injected_at_s }) => injected_at_s),
  };
  const perSecond = (count: number): number => count / interval_s;
  const rate = plot({
    x,
    y: { label: 'requests a second', format: (value) => formatNumber(value) },
    series: [
      { label: 'scheduled', values: intervals.map(({ scheduled }) => perSecond(scheduled)) },
      { label: 'ok', values: intervals.map(({ ok }) => perSecond(ok)) },
    ],
    width,
    height: HEIGHT,
  });
  const p95_s = intervals.map(({ response_us }) => response_us.p95 / 1e6 || null);
  if (p95_s.every((value) => value === null)) return [rate];
  const p95 = plot({
    x,
    y: { label: 'p95 of response time', format: (value) => formatInBaseUnit(value, 's') },
    series: [{ label: 'p95', values: p95_s }],
    width,
    height: HEIGHT,
  });
  return [rate, p95];
}

/** Fewer samples say nothing of a tail. */
const SAMPLES_MIN = 100;
/** Percentiles lie by how rare what is slower is, one in ten as far from one in a hundred as that from one in a thousand. */
const POINTS_PER_DECADE = 12;

function percentilePlot(observation: Observation, width: number): string[] {
  const histograms = [...histogramsByClass(observation)].filter(([, each]) => sampleCount(each) >= SAMPLES_MIN);
  const most = Math.max(0, ...histograms.map(([, each]) => sampleCount(each)));
  if (most === 0) return [];
  const shown = histograms.toSorted(([, a], [, b]) => sampleCount(b) - sampleCount(a)).slice(0, SERIES_MAX);
  const oneIn = raritiesUpTo(10 ** Math.floor(Math.log10(most)));
  const left = shown.length < histograms.length ? `, the most asked ${shown.length} of ${histograms.length}` : '';
  const drawn = plot({
    x: { label: 'percentile', scale: 'log', format: percentOf, values: oneIn },
    y: { label: `response time by class${left}`, scale: 'log', format: (value) => formatInBaseUnit(value, 's') },
    series: shown.map(([label, histogram]) => ({ label, values: oneIn.map((each) => atOneIn(histogram, each)) })),
    width,
    height: HEIGHT + 4,
  });
  return [drawn];
}

/** From one in two on, evenly by their logarithms. */
function raritiesUpTo(last: number): number[] {
  const points = Math.ceil(Math.log10(last / 2) * POINTS_PER_DECADE);
  return Array.from({ length: points + 1 }, (_, index) => 2 * (last / 2) ** (index / points));
}

function percentOf(oneIn: number): string {
  return `${Number(((1 - 1 / oneIn) * 100).toPrecision(7))} %`;
}

/** In seconds; nothing beyond what the samples reach. */
function atOneIn(histogram: Histogram, oneIn: number): number | null {
  if (oneIn > sampleCount(histogram)) return null;
  return Math.max(1, percentile(histogram, (1 - 1 / oneIn) * 100)) / 1e6;
}

/** Response times over the judged phases. */
function histogramsByClass(observation: Observation): Map<string, Histogram> {
  const byClass = new Map<string, Histogram>();
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases);
  for (const { class: name, response_us } of isNoData(classes) ? [] : classes) {
    const all = byClass.get(name) ?? createHistogram();
    byClass.set(name, all);
    merge(all, decode(response_us));
  }
  return byClass;
}
