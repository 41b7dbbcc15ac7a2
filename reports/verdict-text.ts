import { formatInterval, formatMeasured } from '../model/judge/format-value.ts';
import type { Verdict } from '../model/judge/judge.ts';
import type { Measurement } from '../model/judge/measurement.ts';
import { shortName } from '../model/judge/metric.ts';
import type { Metric } from '../model/judge/metric.ts';
import type { Status } from '../model/judge/outcome.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Layout, Style } from './style.ts';
import { padEnd, textWidth, wrapUnder } from './text-width.ts';

/** How each status is shown: a symbol and a word, so that colour is never needed. */
export const STATUS_SHOWN: Readonly<
  Record<Status, { symbol: string; word: string; emphasis: 'good' | 'bad' | 'warn' }>
> = {
  PASS: { symbol: '✓', word: 'PASS', emphasis: 'good' },
  FAIL: { symbol: '✗', word: 'FAIL', emphasis: 'bad' },
  INVALID: { symbol: '!', word: 'INVALID', emphasis: 'bad' },
  NO_DATA: { symbol: '?', word: 'NO DATA', emphasis: 'warn' },
  INCONCLUSIVE: { symbol: '?', word: 'INCONCLUSIVE', emphasis: 'warn' },
};

/** `p95 = 212 ms  [205, 221]  n = 420,000`; with `≥` for a value that may be larger. */
export function measurementText(metric: Metric, measurement: Measurement): string {
  const value = measurement.censored ? formatMeasured(measurement) : `= ${formatMeasured(measurement)}`;
  const samples = `n = ${formatNumber(measurement.samples)}`;
  return [`${shortName(metric)} ${value}`, formatInterval(measurement), samples]
    .filter((part) => part !== '')
    .join('  ');
}

/**
 * One verdict: the criterion and what was measured on one line where it fits, and for all but PASS why and what to do about
 * it. `column` is where measurements begin. `reasoned` leaves out the why, where the report gives it elsewhere.
 */
export function verdictText(verdict: Verdict, column: number, layout: Layout, reasoned = true): string {
  const { style, width } = layout;
  const { symbol } = STATUS_SHOWN[verdict.status];
  const head = `${emphasise(verdict.status, symbol, style)} ${style.strong(verdict.criterion.text)}`;
  const lines = [head];
  if (verdict.measurement) {
    const measured = measurementText(verdict.criterion.metric, verdict.measurement);
    if (column + textWidth(measured) <= width && textWidth(head) < column) lines[0] = padEnd(head, column) + measured;
    else lines.push(`    ${measured}`);
  }
  if (verdict.status === 'PASS' || !reasoned) return lines.join('\n');
  const { word } = STATUS_SHOWN[verdict.status];
  lines.push(wrapUnder(`    ${emphasise(verdict.status, word, style)}: `, verdict.because, width));
  if (verdict.help) lines.push(wrapUnder('    = help: ', verdict.help, width));
  return lines.join('\n');
}

export function emphasise(status: Status, text: string, style: Style): string {
  return style[STATUS_SHOWN[status].emphasis](text);
}
