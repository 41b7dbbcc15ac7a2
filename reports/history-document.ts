import { HISTORY_MIN } from '../model/comparison/change-points.ts';
import { signed } from '../model/comparison/because.ts';
import type { HistoryChange, RunHistory } from '../model/comparison/history.ts';
import { valueText } from './comparison-document.ts';
import type { Block, Cell, ReportDocument } from './document.ts';

/** Where metrics of a scenario took another level, and with which run that began. */
export function historyDocument({ plan, step, scenario, runs, metrics, changes }: RunHistory): ReportDocument {
  const [first, last] = [runs[0]?.startedAt, runs.at(-1)?.startedAt];
  const over = `${counted(runs.length, 'run')} from ${minuteOf(first)} to ${minuteOf(last)}, ${counted(metrics, 'metric')}`;
  const changed = `${counted(changes.length, 'change')} of level in ${over}`;
  const unchanged =
    runs.length < HISTORY_MIN ? `${over}: too few to tell; it takes ${HISTORY_MIN}` : `no change of level in ${over}`;
  return [
    { kind: 'heading', text: `History of ${scenario} on ${plan}, step ${step}` },
    {
      kind: 'paragraph',
      text: changes.length === 0 ? unchanged : changed,
    },
    ...(changes.length === 0 ? [] : [tableOf(changes)]),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function tableOf(changes: readonly HistoryChange[]): Block {
  const right = 'right' as const;
  return {
    kind: 'table',
    name: 'changes',
    columns: [
      { title: 'since run' },
      { title: 'metric' },
      { title: 'before', align: right },
      { title: 'since', align: right },
      { title: 'shift', align: right },
      { title: '' },
    ],
    rows: changes.map(rowOf),
    data: changes.map(({ run, startedAt, metric, unit, before, after, p, direction }) => ({
      run,
      startedAt,
      metric,
      unit,
      before,
      after,
      p,
      direction: direction ?? null,
    })),
  };
}

function rowOf({ run, metric, unit, before, after, direction }: HistoryChange): Cell[] {
  const isShare = unit === 'share';
  const shift = isShare || before !== 0 ? signed(isShare ? after - before : after / before - 1, unit) : '';
  const tone = direction === 'worse' ? 'bad' : 'good';
  return [
    run,
    metric,
    valueText(before, unit),
    valueText(after, unit),
    shift,
    direction ? { text: direction, tone } : '',
  ];
}

/** `2026-03-01 10:00`. */
function minuteOf(startedAt: string | undefined): string {
  return (startedAt ?? '').slice(0, 16).replace('T', ' ');
}
