import type { Sweep, SweptOutput } from '../model/questions/sweep.ts';
import { compactAmount, compactNumber, isScaled } from './compact-amount.ts';
import { plot, SERIES_MAX } from './plot.ts';
import type { PlotAxis } from './plot.ts';

/** Where values spread further than this, a log scale is the only one that shows the small ones. */
const WIDE_SPREAD = 20;
const HEIGHT_OF_SEVERAL = 7;
const FULL = 100;

/** One plot for each unit among the outputs that vary. */
export function sweepPlots(sweep: Sweep, width: number): string[] {
  const groups = [...Map.groupBy(sweep.outputs.filter(varies), ({ of, unit }) => `${of === 'utilisation'} ${unit}`)];
  const height = groups.length > 1 ? { height: HEIGHT_OF_SEVERAL } : {};
  return groups.map(([, outputs]) => plotOf(sweep, outputs, width, height));
}

/** False where every reading is the same. */
export function varies({ values }: SweptOutput): boolean {
  return values.some((value) => value !== values[0]);
}

function plotOf({ variable, points }: Sweep, all: readonly SweptOutput[], width: number, height: object): string {
  const outputs = highest(all);
  const ofTiers = outputs[0]?.of === 'utilisation';
  const log = variable.scale === 'log' && isWidelySpread(outputs);
  const left = outputs.length < all.length ? `, the highest ${outputs.length} of ${all.length}` : '';
  const name = outputs.length === 1 ? (outputs[0]?.name ?? '') : '';
  const label = `${ofTiers ? `utilisation${name === '' ? '' : ` of ${name}`}` : name}${left}`;
  const marks = outputs.flatMap(({ saturations = [] }) => saturations.map(({ at }) => at));
  return plot({
    x: { ...axis(variable.name, variable.unit, variable.scale), values: points, marks },
    y: { ...axis(label, outputs[0]?.unit ?? '', log ? 'log' : 'linear'), ...(ofTiers ? { lines: [FULL] } : {}) },
    series: outputs.map(({ name: title, values }) => ({ label: title, values: values.map(drawn) })),
    width,
    ...height,
  });
}

function drawn(value: SweptOutput['values'][number]): number | null {
  return typeof value === 'number' ? value : value === 'unstable' ? Infinity : null;
}

/** A unit that is written at every tick is not in the label. */
function axis(name: string, unit: string, scale: 'linear' | 'log'): PlotAxis {
  const atTicks = isScaled(unit) || unit === '%' || unit.startsWith('USD');
  const label = [name, ...(atTicks || unit === '' ? [] : [`(${unit})`]), ...(scale === 'log' ? ['(log)'] : [])];
  return {
    label: label.join(' ').trim(),
    scale,
    format: (value) => (atTicks ? compactAmount(value, unit) : compactNumber(value)),
  };
}

function numbers({ values }: SweptOutput): number[] {
  return values.filter((value) => typeof value === 'number');
}

function isWidelySpread(outputs: readonly SweptOutput[]): boolean {
  const all = outputs.flatMap(numbers);
  return all.length > 0 && all.every((value) => value > 0) && Math.max(...all) > WIDE_SPREAD * Math.min(...all);
}

/** As many as can be told apart; they stay in their order. */
export function highest(outputs: readonly SweptOutput[]): readonly SweptOutput[] {
  const most = new Set(outputs.toSorted((a, b) => peak(b) - peak(a)).slice(0, SERIES_MAX));
  return outputs.filter((output) => most.has(output));
}

function peak(output: SweptOutput): number {
  return output.values.includes('unstable') ? Infinity : Math.max(-Infinity, ...numbers(output));
}
