import type { Reading, Sweep, SweptOutput } from '../model/questions/sweep.ts';
import { compactAmount } from './compact-amount.ts';
import type { Block, Cell, DataRow, ReportDocument, TableBlock } from './document.ts';
import { highest, sweepPlots, varies } from './sweep-plot.ts';
import { textWidth, wrap, wrapUnder } from './text-width.ts';

export interface SweepDocumentOptions {
  /** Columns for plots and sentences. */
  readonly width: number;
  /** Columns for tables; outputs that do not fit go to a further table. */
  readonly tableWidth: number;
  /** Also those beyond the highest few, and those that do not change. */
  readonly all: boolean;
}

const GAP = 2;
const FULL = 100;
/** More tiers are not named one by one. */
const NAMED_MAX = 3;

/** A sweep: where tiers saturate first, then plots, then every point. */
export function sweepDocument(sweep: Sweep, { width, tableWidth, all }: SweepDocumentOptions): ReportDocument {
  const changing = sweep.outputs.filter(varies);
  const shown = all || changing.length === 0 ? sweep.outputs : highest(changing);
  const sentences = [...saturationLines(sweep), ...constantLines(sweep), ...noteLines(sweep)];
  if (!all && shown.length < changing.length) {
    sentences.push(
      `shown are the highest ${shown.length} of ${changing.length} that change; \`--show <name>\` chooses`,
    );
  }
  return [
    { kind: 'heading', text: wrap(headingOf(sweep), width).join('\n') },
    ...(sentences.length > 0 ? [lines(sentences, width)] : []),
    ...sweepPlots(sweep, width).map((text): Block => ({ kind: 'drawing', text })),
    ...tables({ ...sweep, outputs: shown }, tableWidth),
  ];
}

function lines(sentences: readonly string[], width: number): Block {
  return { kind: 'drawing', text: sentences.map((sentence) => wrapUnder('- ', sentence, width)).join('\n') };
}

function headingOf({ variable, points, step, outputs }: Sweep): string {
  const [from, to] = [points[0] ?? 0, points.at(-1) ?? 0].map((point) => compactAmount(point, variable.unit));
  const ofStep = outputs.some(({ of }) => of !== 'quantity') && step ? `, step ${step.step}` : '';
  return `${variable.name} from ${from} to ${to}${ofStep} (now ${compactAmount(variable.present, variable.unit)})`;
}

/** Where tiers pass 100 %; those that never do in one line. */
function saturationLines({ outputs, variable }: Sweep): string[] {
  const tiers = outputs.filter(({ of }) => of === 'utilisation');
  const crossing = tiers.flatMap(({ name, saturations = [] }) =>
    saturations.map(({ at, change }) => {
      const value = `${variable.name} = ${compactAmount(at, variable.unit)}`;
      return change === 'saturates' ? `\`${name}\` saturates at ${value}` : `\`${name}\` keeps up from ${value} on`;
    }),
  );
  const steady = tiers.filter(({ saturations = [] }) => saturations.length === 0);
  const isOver = ({ values }: SweptOutput): boolean => !(typeof values[0] === 'number' && values[0] <= FULL);
  return [
    ...crossing,
    ...summaryOf('above 100 % all along', 'lowest', steady.filter(isOver), Math.min),
    ...summaryOf(
      'never above 100 %',
      'highest',
      steady.filter((tier) => !isOver(tier)),
      Math.max,
    ),
  ];
}

/** Few tiers by name, many by their number and the one that comes closest to 100 %. */
function summaryOf(
  verdict: string,
  which: 'lowest' | 'highest',
  tiers: readonly SweptOutput[],
  choose: (...values: number[]) => number,
): string[] {
  if (tiers.length === 0) return [];
  const bound = which === 'lowest' ? 'at least' : 'at most';
  const extremes = tiers.map((tier) => ({ tier, extreme: choose(...numbersOf(tier)) }));
  const name = (each: (typeof extremes)[number]): string =>
    `\`${each.tier.name}\` (${Number.isFinite(each.extreme) ? `${bound} ${compactAmount(each.extreme, '%')}` : 'unstable'})`;
  if (tiers.length <= NAMED_MAX) return [`${verdict}: ${extremes.map(name).join(', ')}`];
  const closest = choose(...extremes.map(({ extreme }) => extreme));
  const first = extremes.find(({ extreme }) => extreme === closest);
  return [`${verdict}: ${tiers.length} tiers${first ? `, the ${which} of them ${name(first)}` : ''}`];
}

function numbersOf({ values }: SweptOutput): number[] {
  return values.filter((value) => typeof value === 'number');
}

function constantLines({ outputs, variable }: Sweep): string[] {
  const constant = outputs.filter((output) => !varies(output));
  if (constant.length === 0) return [];
  if (constant.length === outputs.length) return [`nothing of what is shown changes with \`${variable.name}\``];
  return [
    `not changed by it: ${constant.map(({ name, values, unit }) => `\`${name}\` (${readingText(values[0] ?? 'undefined', unit)})`).join(', ')}`,
  ];
}

function noteLines({ outputs, variable }: Sweep): string[] {
  const missing = outputs.flatMap(({ name, missing }) => {
    if (!missing) return [];
    const where = missing.quantity === undefined || missing.quantity === name ? '' : ` in \`${missing.quantity}\``;
    return [`\`${name}\` has no value at ${compactAmount(missing.at, variable.unit)}${where}: ${missing.message}`];
  });
  if (variable.overrides === undefined) return missing;
  const derived = `\`${variable.name}\` is derived (\`${variable.overrides}\`); here it is set, and what it follows from plays no part in it`;
  return [...missing, derived];
}

/** All points; as many outputs to a table as fit. */
function tables(sweep: Sweep, width: number): TableBlock[] {
  const first = widthOf(sweep.variable.name, sweep.points, sweep.variable.unit);
  const groups: SweptOutput[][] = [];
  let room = 0;
  for (const output of sweep.outputs) {
    const needed = GAP + widthOf(output.name, output.values, output.unit);
    const group = groups.at(-1);
    if (group && needed <= room) {
      group.push(output);
      room -= needed;
    } else {
      groups.push([output]);
      room = width - first - needed;
    }
  }
  return groups.map((outputs, index) => tableOf(sweep, outputs, index));
}

function widthOf(title: string, values: readonly Reading[], unit: string): number {
  return values.reduce<number>(
    (widest, value) => Math.max(widest, textWidth(readingText(value, unit))),
    textWidth(title),
  );
}

function tableOf({ variable, points }: Sweep, outputs: readonly SweptOutput[], index: number): TableBlock {
  const right = 'right' as const;
  return {
    kind: 'table',
    name: index === 0 ? 'points' : `points-${index + 1}`,
    columns: [variable, ...outputs].map(({ name }) => ({ title: name, align: right })),
    rows: points.map((point, row) => [
      compactAmount(point, variable.unit),
      ...outputs.map((output) => cellOf(output, output.values[row] ?? 'undefined')),
    ]),
    data: points.map((point, row): DataRow => {
      const readings = outputs.map((output) => [keyOf(output), output.values[row] ?? null] as const);
      return Object.fromEntries([[keyOf(variable), point], ...readings]);
    }),
  };
}

function keyOf({ name, unit }: { readonly name: string; readonly unit: string }): string {
  return unit === '' ? name : `${name} (${unit})`;
}

function cellOf({ of, unit }: SweptOutput, value: Reading): Cell {
  const text = readingText(value, unit);
  const bad = value === 'unstable' || (of === 'utilisation' && typeof value === 'number' && value > FULL);
  return bad ? { text, tone: 'bad' } : text;
}

function readingText(value: Reading, unit: string): string {
  return typeof value === 'number' ? compactAmount(value, unit) : value === 'unstable' ? value : 'no value';
}
