import { isNear } from '../model/calibration/compare.ts';
import type { PredictionRow } from '../model/calibration/compare.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Cell, TableBlock } from './document.ts';
import type { Layout } from './style.ts';
import { table } from './table.ts';

const right = 'right' as const;
const DIGITS = 3;
const TITLES = ['predicted', 'measured', 'error', 'within'];

/** What a calibrated machine should have shown beside what it did. */
export function predictionTable(rows: readonly PredictionRow[]): TableBlock {
  return {
    kind: 'table',
    name: 'predictions',
    columns: [
      { title: 'load' },
      { title: 'quantity' },
      ...TITLES.map((title) => ({ title, align: right })),
      { title: '' },
    ],
    rows: rows.map(rowOf),
    data: rows.map(({ scenario, step, phase, quantity, unit, predicted, measured, error, within }) => {
      return { scenario, step, phase, quantity, unit, predicted, measured, error, within };
    }),
  };
}

/** The same as text, with a heading; ends with a line end. */
export function predictionText(rows: readonly PredictionRow[], layout: Layout): string {
  const { columns, rows: cells } = predictionTable(rows);
  const plain = cells.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text)));
  return `predicted from this machine's calibration\n${table({ columns, rows: plain, ...layout })}\n`;
}

function rowOf(row: PredictionRow): Cell[] {
  const { scenario, step, phase, quantity, predicted, measured, error, within } = row;
  const verdict: Cell = within === null ? '' : isNear(row) ? '✓' : { text: '✗', tone: 'bad' };
  return [
    scenario === 'calibration' ? phase : `${scenario} step ${step}, ${phase}`,
    quantity,
    valueText(predicted, row),
    valueText(measured, row),
    error === null ? '-' : `${error > 0 ? '+' : ''}${formatNumber(error * 100, 2)} %`,
    within === null ? '-' : `${formatNumber(within * 100)} %`,
    verdict,
  ];
}

function valueText(value: number, { unit }: PredictionRow): string {
  if (unit === 'share') return `${formatNumber(value * 100, DIGITS)} %`;
  if (unit === 's') return `${formatNumber(value * 1000, DIGITS)} ms`;
  return `${formatNumber(Math.round(value))} req/s`;
}
