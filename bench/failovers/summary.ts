import { poissonScore, wilson } from '../../model/judge/intervals.ts';
import type { Round } from './round.ts';

const PARTS = ['detect', 'elect', 'promote', 'route', 'recover'];

/** What the failovers of one mode come to, in lines. */
export function summaryOf(mode: string, rounds: readonly Round[]): string {
  const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
  const acknowledged = sum((round) => round.acknowledged);
  const lost = sum((round) => round.lost);
  const hit = rounds.filter((round) => round.lost > 0).length;
  const share = wilson(lost, Math.max(1, acknowledged));
  const each = poissonScore(lost);
  const per = (value: number): string => (value / Math.max(1, rounds.length)).toFixed(2);
  const unread = sum((round) => round.unread);
  const bytes = valuesOf(rounds, 'failover.wal_lost_bytes');
  return [
    `${mode}: ${rounds.length} failovers, ${acknowledged} orders acknowledged, ${lost} lost in ${hit} of them${unread > 0 ? `, ${unread} not read back` : ''}`,
    `  share lost ${(lost / Math.max(1, acknowledged)).toExponential(1)}, 95 % interval [${share.low.toExponential(1)}, ${share.high.toExponential(1)}]; a failover ${per(lost)} [${per(each.low)}, ${per(each.high)}]`,
    `  unanswered but there: ${sum((round) => round.recovered)} of ${sum((round) => round.indeterminate)}`,
    `  log lost at least, bytes: ${spread(bytes, 0)}`,
    `  outage, s: ${spread(valuesOf(rounds, 'failover.outage_s'), 2)}`,
    ...PARTS.map((part) => `    ${part}: ${spread(valuesOf(rounds, `failover.${part}_s`), 2)}`),
    '',
  ].join('\n');
}

function valuesOf(rounds: readonly Round[], counter: string): number[] {
  return rounds.flatMap(({ counters }) => counters[counter] ?? []).toSorted((a, b) => a - b);
}

function spread(sorted: readonly number[], digits: number): string {
  const at = (share: number): string =>
    (sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN).toFixed(digits);
  if (sorted.length === 0) return 'not known';
  return `min ${at(0)}, median ${at(0.5)}, p95 ${at(0.95)}, max ${at(1)} (n = ${sorted.length})`;
}
