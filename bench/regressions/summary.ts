import type { Condition } from './conditions.ts';
import type { Round } from './rounds.ts';

/** What the rounds of each condition came to, in lines. */
export function summaryOf(conditions: readonly Condition[], rounds: readonly Round[]): string {
  const widest = Math.max(...conditions.map(({ name }) => name.length));
  return conditions
    .map((condition) => {
      const own = rounds.filter((round) => round.condition === condition.name);
      return own.length === 0 ? '' : `${condition.name.padEnd(widest)}  ${lineOf(condition, own)}\n${criteriaOf(own)}`;
    })
    .join('');
}

function lineOf({ cause }: Condition, rounds: readonly Round[]): string {
  const of = (outcome: string): number => rounds.filter((round) => round.outcome === outcome).length;
  const others = rounds.length - of('PASS') - of('FAIL');
  const judged = `${rounds.length} checks: ${of('PASS')} passed, ${of('FAIL')} failed, ${others} without a judgement`;
  const took = `median ${median(rounds.map(({ took_s }) => took_s)).toFixed(1)} s`;
  const named = rounds.filter(({ suspects }) => suspects[0]?.tier === cause).length;
  return cause === null ? `${judged}; ${took}` : `${judged}; \`${cause}\` named first in ${named}; ${took}`;
}

/** Which criteria failed, and how often. */
function criteriaOf(rounds: readonly Round[]): string {
  const counts = new Map<string, number>();
  for (const text of rounds.flatMap(({ failed }) => failed)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].map(([text, count]) => `  ${count} × ${text}\n`).join('');
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
