import type { GateVerdict } from '../model/gate/gate.ts';
import { formatInterval, formatMeasured } from '../model/judge/format-value.ts';
import type { Verdict } from '../model/judge/judge.ts';
import type { Measurement } from '../model/judge/measurement.ts';
import { shortName } from '../model/judge/metric.ts';
import type { Metric } from '../model/judge/metric.ts';
import { STATUSES } from '../model/judge/outcome.ts';
import type { Outcome } from '../model/judge/outcome.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Layout, Style } from './style.ts';
import { padEnd, textWidth, wrapUnder } from './text-width.ts';

/** NOT_RUN: what should have been run was not; SKIPPED: nothing here can answer it, and nobody asked for more. */
export const SHOWN_STATUSES = [...STATUSES, 'NOT_RUN', 'SKIPPED'] as const;
export type ShownStatus = (typeof SHOWN_STATUSES)[number];

interface Shown {
  readonly symbol: string;
  readonly word: string;
  readonly emphasis: 'good' | 'bad' | 'warn';
}

/** How each status is shown: a symbol and a word, so that colour is never needed. */
export const STATUS_SHOWN: Readonly<Record<ShownStatus, Shown>> = {
  PASS: { symbol: '✓', word: 'PASS', emphasis: 'good' },
  FAIL: { symbol: '✗', word: 'FAIL', emphasis: 'bad' },
  INVALID: { symbol: '!', word: 'INVALID', emphasis: 'bad' },
  NO_DATA: { symbol: '?', word: 'NO DATA', emphasis: 'warn' },
  INCONCLUSIVE: { symbol: '?', word: 'INCONCLUSIVE', emphasis: 'warn' },
  NOT_RUN: { symbol: '!', word: 'NOT RUN', emphasis: 'bad' },
  SKIPPED: { symbol: '-', word: 'SKIPPED', emphasis: 'warn' },
};

export const SHOWN_OUTCOME: Readonly<Record<Outcome, Shown>> = {
  ...STATUS_SHOWN,
  NOT_JUDGED: { symbol: '-', word: 'NOT JUDGED', emphasis: 'warn' },
};

/** `p95 = 212 ms  [205, 221]  n = 420,000`; with `≥` for a value that may be larger. */
export function measurementText(metric: Metric, measurement: Measurement): string {
  return namedMeasurement(shortName(metric), measurement);
}

function namedMeasurement(name: string, measurement: Measurement): string {
  const value = measurement.censored ? formatMeasured(measurement) : `= ${formatMeasured(measurement)}`;
  const samples = `n = ${formatNumber(measurement.samples)}`;
  return [`${name} ${value}`.trim(), formatInterval(measurement), samples].filter((part) => part !== '').join('  ');
}

/** A verdict as it is shown, whoever judged: the run, or a gate. */
export interface VerdictLine {
  /** The criterion, and what else is to stand behind it. */
  readonly text: string;
  readonly status: ShownStatus;
  /** What was measured; '' where nothing was. */
  readonly measured: string;
  readonly because: string;
  readonly help?: string;
}

export function lineOfVerdict({ criterion, measurement, ...verdict }: Verdict): VerdictLine {
  const measured = measurement ? measurementText(criterion.metric, measurement) : '';
  return { ...verdict, text: criterion.text, measured };
}

export function lineOfGateVerdict({ text, measurement, must, weight, ...verdict }: GateVerdict): VerdictLine {
  const marks = [...(must ? ['must'] : []), ...(weight === 1 ? [] : [`weight ${formatNumber(weight)}`])];
  const [name = ''] = /^[\w.]+/.exec(text) ?? [];
  return {
    ...verdict,
    text: marks.length === 0 ? text : `${text} (${marks.join(', ')})`,
    measured: measurement ? namedMeasurement(name, measurement) : '',
  };
}

/**
 * One verdict: the criterion and what was measured on one line where it fits, and for all but PASS why and what to do about
 * it. `column` is where measurements begin. `reasoned` leaves out the why, where the report gives it elsewhere.
 */
export function verdictText(line: VerdictLine, column: number, layout: Layout, reasoned = true): string {
  const { style, width } = layout;
  const { symbol, word } = STATUS_SHOWN[line.status];
  const head = `${emphasise(line.status, symbol, style)} ${style.strong(line.text)}`;
  const lines = [head];
  if (line.measured !== '') {
    if (column + textWidth(line.measured) <= width && textWidth(head) < column)
      lines[0] = padEnd(head, column) + line.measured;
    else lines.push(`    ${line.measured}`);
  }
  if (line.status === 'PASS' || !reasoned) return lines.join('\n');
  lines.push(wrapUnder(`    ${emphasise(line.status, word, style)}: `, line.because, width));
  if (line.help) lines.push(wrapUnder('    = help: ', line.help, width));
  return lines.join('\n');
}

export function emphasise(status: ShownStatus, text: string, style: Style): string {
  return style[STATUS_SHOWN[status].emphasis](text);
}
