import { formatNumber } from '../model/units/format.ts';
import type { Block, Cell, DataRow, ReportDocument } from './document.ts';
import type { RunJson } from './run-json.ts';
import { outcomeCell, sizeText } from './runs-document.ts';
import type { ListedRun } from './runs-document.ts';
import { withoutControls } from './without-controls.ts';

export const KEPT_RUN_FORMAT_VERSION = 1;

/** What there is of a run, beside its report. */
export interface KeptRun {
  readonly formatVersion: typeof KEPT_RUN_FORMAT_VERSION;
  readonly kind: 'kept-run';
  readonly run: ListedRun;
  readonly what: RunJson['observation']['what'];
  readonly complete: boolean;
  readonly duration_s: number;
  readonly requests: number;
  readonly validity: RunJson['judgement']['validity'];
  /** Paths within its folder. */
  readonly files: readonly { readonly name: string; readonly size_bytes: number }[];
}

/** A run that was read, with the files of its folder. */
export function keptRun(run: ListedRun, { observation, judgement }: RunJson, files: KeptRun['files']): KeptRun {
  const { what, complete, phases, totals } = observation;
  const duration_s = Math.max(0, ...phases.map(({ end_s }) => end_s));
  const { validity } = judgement;
  const facts = { run, what, complete, duration_s, requests: totals.sent, validity, files };
  return { formatVersion: KEPT_RUN_FORMAT_VERSION, kind: 'kept-run', ...facts };
}

/** Facts, validity and files, one under the other. */
export function keptRunDocument(kept: KeptRun): ReportDocument {
  const { validity, files } = kept;
  return [
    { kind: 'heading', text: withoutControls(kept.run.run) },
    rowsOf('facts', [{ title: 'what' }, { title: 'is', flexible: true }], factsOf(kept)),
    rowsOf(
      'validity',
      [{ title: 'check' }, { title: 'ok' }, { title: 'found', flexible: true }],
      validity.map(({ name, ok, severity, detail }) => [name, ok ? '✓' : `! ${severity}`, detail]),
    ),
    rowsOf(
      'files',
      [
        { title: 'file', flexible: true },
        { title: 'size', align: 'right' },
      ],
      files.map(({ name, size_bytes }) => [name, sizeText(size_bytes)]),
    ),
  ];
}

function factsOf({ run, what, complete, duration_s, requests }: KeptRun): Cell[][] {
  const how = what.executor === 'simulator' ? 'simulated' : `live, ${what.engine}`;
  return [
    ['plan', `${what.plan}, step ${what.step}`],
    ['scenario', what.scenario],
    ['made', `${run.when}, ${how}, scale ${what.scale}, seed ${what.seed}`],
    ['lasted', `${formatNumber(duration_s)} s${complete ? '' : ', ended early'}`],
    ['requests', formatNumber(requests, 9)],
    ['outcome', outcomeCell(run.outcome)],
    ...(run.neededBy === undefined ? [] : [['needed by', run.neededBy]]),
    ...Object.entries(what.environment).map(([name, value]) => [name, value]),
  ];
}

type Columns = Extract<Block, { readonly kind: 'table' }>['columns'];

function rowsOf(name: string, columns: Columns, cells: readonly (readonly Cell[])[]): Block {
  const rows = cells.map((row) =>
    row.map((cell) =>
      typeof cell === 'string' ? withoutControls(cell) : { ...cell, text: withoutControls(cell.text) },
    ),
  );
  const data = rows.map((row): DataRow =>
    Object.fromEntries(
      columns.map(({ title }, index): [string, string] => {
        const cell = row[index] ?? '';
        return [title, typeof cell === 'string' ? cell : cell.text];
      }),
    ),
  );
  return { kind: 'table', name, columns, rows, data };
}
