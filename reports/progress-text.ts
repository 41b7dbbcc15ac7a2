import { formatMeasured } from '../model/judge/format-value.ts';
import type { Verdict } from '../model/judge/judge.ts';
import type { Status } from '../model/judge/outcome.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Style } from './style.ts';
import { emphasise, STATUS_SHOWN } from './verdict-text.ts';

/** How a run goes, and what its criteria would say if it ended now. */
export interface RunState {
  readonly scenario: string;
  readonly at_s: number;
  readonly total_s: number;
  readonly phase: string;
  readonly rate_per_s: number;
  /** Requests a second that are wanted now; 0 where no rate is held. */
  readonly target_per_s: number;
  /** Of the latest second; 0 without an answer. */
  readonly p95_us: number;
  readonly errors: number;
  readonly in_flight: number;
  /** Faults in force, in words. */
  readonly faults: readonly string[];
  /** Empty until something can be judged. */
  readonly verdicts: readonly Verdict[];
}

/** Without a terminal a line comes so often. */
export const LINE_EVERY_S = 10;
/** Failing criteria that are shown beside the count of all. */
const FAILING_SHOWN = 3;

/** What stands on a terminal while a run goes on: a few lines, the most telling first. They are as long as they are. */
export function progressLines(state: RunState, style: Style): string[] {
  const { scenario, faults, verdicts } = state;
  const failing = verdicts.filter(({ status }) => status === 'FAIL');
  return [
    `${style.strong(scenario)}  ${figuresText(state)}`,
    ...(faults.length > 0 ? [style.warn(`in force: ${faults.join('; ')}`)] : []),
    ...(verdicts.length > 0 ? [`so far: ${tallyText(verdicts, style)}`] : []),
    ...failing.slice(0, FAILING_SHOWN).map((verdict) => `  ${verdictLine(verdict, style)}`),
    ...(failing.length > FAILING_SHOWN ? [`  and ${failing.length - FAILING_SHOWN} more`] : []),
  ];
}

/** What is new since the state before, a line each: phases that begin and end, verdicts that change, and every ten seconds the figures. */
export function progressNews(before: RunState | undefined, now: RunState, style: Style): string[] {
  const lines: string[] = [];
  const tell = (text: string): void => void lines.push(`${clockText(now.at_s)} ${now.scenario}: ${text}`);
  if (now.phase !== before?.phase) {
    if (before) tell(`\`${before.phase}\` is over`);
    tell(`\`${now.phase}\` begins`);
  }
  for (const fault of now.faults) if (!before?.faults.includes(fault)) tell(`fault in force: ${fault}`);
  for (const fault of before?.faults ?? []) if (!now.faults.includes(fault)) tell(`fault is over: ${fault}`);
  for (const text of verdictNews(changed(before?.verdicts ?? [], now.verdicts), style)) tell(`so far ${text}`);
  if (Math.floor(now.at_s / LINE_EVERY_S) > Math.floor((before?.at_s ?? 0) / LINE_EVERY_S)) {
    const tally = now.verdicts.length > 0 ? `; so far ${tallyText(now.verdicts, style)}` : '';
    tell(`${figuresText(now)}${tally}`);
  }
  if (now.at_s >= now.total_s && !(before && before.at_s >= before.total_s)) tell(`\`${now.phase}\` is over`);
  return lines;
}

function figuresText({ phase, at_s, total_s, rate_per_s, target_per_s, p95_us, errors }: RunState): string {
  const left = `${formatNumber(Math.max(0, Math.round(total_s - at_s)))} s left`;
  const wanted = target_per_s > 0 ? ` of ${formatNumber(Math.round(target_per_s))}` : '';
  const p95 = p95_us > 0 ? `p95 ${formatInBaseUnit(Number((p95_us / 1e6).toPrecision(3)), 's')}` : 'no answer yet';
  return `${phase}, ${left}, ${formatNumber(Math.round(rate_per_s))}${wanted} req/s, ${p95}, ${counted(errors)}`;
}

function counted(errors: number): string {
  return errors === 1 ? '1 error' : `${formatNumber(errors)} errors`;
}

/** `3 pass, 1 fails, 2 open`: what has no samples yet, or too few, may still turn out either way. */
function tallyText(verdicts: readonly Verdict[], style: Style): string {
  const count = (of: (status: Status) => boolean): number => verdicts.filter(({ status }) => of(status)).length;
  const pass = count((status) => status === 'PASS');
  const fail = count((status) => status === 'FAIL');
  const invalid = count((status) => status === 'INVALID');
  const open = verdicts.length - pass - fail - invalid;
  return [
    pass > 0 ? style.good(`${pass} pass`) : '',
    fail > 0 ? style.bad(`${fail} fail`) : '',
    invalid > 0 ? style.bad(`${invalid} invalid`) : '',
    open > 0 ? style.dim(`${open} open`) : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function verdictLine({ criterion, status, measurement, because }: Verdict, style: Style): string {
  const { symbol, word } = STATUS_SHOWN[status];
  const said = status === 'INVALID' || !measurement ? because : formatMeasured(measurement);
  return `${emphasise(status, `${symbol} ${word}`, style)} ${criterion.text}: ${said}`;
}

/** What spoils the run itself is told once, whatever number of criteria it is about. */
function verdictNews(verdicts: readonly Verdict[], style: Style): string[] {
  const invalid = verdicts.filter(({ status }) => status === 'INVALID');
  const others = verdicts.filter(({ status }) => status !== 'INVALID');
  const reasons = [...Map.groupBy(invalid, ({ because }) => because).values()].flatMap(([first, ...more]) => {
    if (!first) return [];
    return [`${verdictLine(first, style)}${more.length > 0 ? ` (and ${more.length} more)` : ''}`];
  });
  return [...others.map((verdict) => verdictLine(verdict, style)), ...reasons];
}

/** One that is open now and was before is no news, nor is one that was never anything else. */
function changed(before: readonly Verdict[], now: readonly Verdict[]): Verdict[] {
  return now.filter(({ status }, index) => {
    const was = before[index]?.status;
    return was === undefined ? status !== 'NO_DATA' && status !== 'INCONCLUSIVE' : was !== status;
  });
}

/** `1:05` into the run. */
function clockText(at_s: number): string {
  const seconds = Math.floor(at_s);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
