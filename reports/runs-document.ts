import { formatValue } from '../model/judge/format-value.ts';
import type { Outcome } from '../model/judge/outcome.ts';
import type { Block, Cell, DataRow, ReportDocument } from './document.ts';
import { STATUS_SHOWN } from './verdict-text.ts';
import { withoutControls } from './without-controls.ts';

export const RUNS_FORMAT_VERSION = 1;

/** A kept run in a line. */
export interface ListedRun {
  /** Name of its folder. */
  readonly run: string;
  /** ISO 8601; when its folder was changed, for a run that does not know when it was made. */
  readonly when: string;
  readonly plan: string;
  readonly step: number;
  readonly scenario: string;
  readonly scale: number;
  readonly outcome: Outcome;
  readonly size_bytes: number;
  /** The file that refers to it: a ledger or a baseline; absent when none does. */
  readonly neededBy?: string;
}

/** A folder of the store that cannot be read as a run. */
export interface UnreadableRun {
  readonly run: string;
  readonly problem: string;
  readonly help: string;
}

/** Runs that were found, the newest first, and what could not be read. */
export interface RunList {
  readonly formatVersion: typeof RUNS_FORMAT_VERSION;
  readonly kind: 'runs';
  readonly runs: readonly ListedRun[];
  readonly unreadable: readonly UnreadableRun[];
}

/** Which runs go, or would go. */
export interface PrunedRuns {
  readonly formatVersion: typeof RUNS_FORMAT_VERSION;
  readonly kind: 'pruned-runs';
  readonly dryRun: boolean;
  readonly removed: readonly ListedRun[];
  /** Beyond the limits, but referred to. */
  readonly spared: readonly ListedRun[];
  /** Left of the store, what could not be read apart. */
  readonly left: { readonly runs: number; readonly size_bytes: number };
  readonly unreadable: readonly UnreadableRun[];
}

/** What became of the runs of another store. */
export interface MergedRuns {
  readonly formatVersion: typeof RUNS_FORMAT_VERSION;
  readonly kind: 'merged-runs';
  /** `as` is its name here. */
  readonly merged: readonly { readonly run: string; readonly as: string }[];
  /** Were here already, with the same content. */
  readonly skipped: readonly { readonly run: string; readonly as: string }[];
  readonly refused: readonly UnreadableRun[];
}

/** A table of the runs of each plan, and how much room they take. `now_ms` is what ages are counted to. */
export function runsDocument({ runs }: RunList, now_ms: number): ReportDocument {
  if (runs.length === 0) return [{ kind: 'paragraph', text: 'no runs' }];
  return [...tables(runs, now_ms), { kind: 'paragraph', text: countText(runs) }];
}

/** What goes, and what stays. */
export function prunedDocument({ removed, spared, dryRun, left }: PrunedRuns, now_ms: number): ReportDocument {
  const went =
    removed.length === 0 ? 'nothing to remove' : countText(removed) + (dryRun ? ' would be removed' : ' removed');
  const stays = `${counted(left.runs)} (${sizeText(left.size_bytes)}) ${left.runs === 1 ? 'stays' : 'stay'}`;
  return [
    ...tables(removed, now_ms),
    { kind: 'paragraph', text: `${went}; ${stays}` },
    ...spared.map(({ run, neededBy = '' }): Block => {
      return { kind: 'item', title: `${withoutControls(run)} is needed by ${neededBy}`, tone: 'dim', lines: [] };
    }),
  ];
}

/** Each run with what became of it. */
export function mergedDocument({ merged, skipped }: MergedRuns): ReportDocument {
  const rows = [
    ...merged.map(({ run, as }) => ({ run, as, became: as === run ? 'merged' : 'merged under another name' })),
    ...skipped.map(({ run, as }) => ({ run, as, became: 'here already' })),
  ];
  if (rows.length === 0) return [{ kind: 'paragraph', text: 'nothing merged' }];
  return [
    {
      kind: 'table',
      name: 'runs',
      columns: [{ title: 'run' }, { title: 'here' }, { title: 'became', flexible: true }],
      rows: rows.map(({ run, as, became }) => [run, as, became].map(withoutControls)),
      data: rows,
    },
  ];
}

function tables(runs: readonly ListedRun[], now_ms: number): Block[] {
  return [...Map.groupBy(runs, ({ plan }) => plan)].map(([plan, listed]) => ({
    kind: 'table',
    name: 'runs',
    columns: [
      { title: withoutControls(plan) },
      { title: 'age', align: 'right' },
      { title: 'scenario', flexible: true },
      { title: 'step', align: 'right' },
      { title: 'outcome' },
      { title: 'size', align: 'right' },
    ],
    rows: listed.map((run) => [
      withoutControls(run.run),
      ageText(now_ms - Date.parse(run.when)),
      scenarioText(run),
      String(run.step),
      outcomeCell(run.outcome),
      sizeText(run.size_bytes),
    ]),
    data: listed.map(({ neededBy = null, ...run }): DataRow => ({ ...run, neededBy })),
  }));
}

/** `peak`, or `peak × 0.1` where it was not driven in full. */
function scenarioText({ scenario, scale }: ListedRun): string {
  return withoutControls(scale === 1 ? scenario : `${scenario} × ${scale}`);
}

/** As it is shown everywhere; `-` where nothing was asked. */
export function outcomeCell(outcome: Outcome): Cell {
  if (outcome === 'NOT_JUDGED') return '-';
  const { symbol, word, emphasis } = STATUS_SHOWN[outcome];
  return { text: `${symbol} ${word}`, tone: emphasis };
}

function countText(runs: readonly ListedRun[]): string {
  return `${counted(runs.length)}, ${sizeText(runs.reduce((sum, { size_bytes }) => sum + size_bytes, 0))}`;
}

function counted(count: number): string {
  return `${count} run${count === 1 ? '' : 's'}`;
}

export function sizeText(bytes: number): string {
  return formatValue(bytes, 'B');
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** `5 min`, `3 h`, `12 d`; a clock that was wrong makes no negative age. */
function ageText(age_ms: number): string {
  if (age_ms < 2 * HOUR_MS) return `${Math.max(0, Math.round(age_ms / MINUTE_MS))} min`;
  if (age_ms < 2 * DAY_MS) return `${Math.round(age_ms / HOUR_MS)} h`;
  return `${Math.round(age_ms / DAY_MS)} d`;
}
