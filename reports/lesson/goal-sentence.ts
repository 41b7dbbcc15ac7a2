import type { Goal } from '../../model/lesson/lesson.ts';

const BOUNDS: Readonly<Record<string, string>> = {
  '<': 'less than',
  '<=': 'at most',
  '>': 'more than',
  '>=': 'at least',
};

/** `What the database is asked: 48,000 query/s before, 9,600 query/s after; the goal is at most 10,000 query/s.` */
export function goalSentence({ says, before, after, limit }: Goal): string {
  const [, sign = '', value = limit] = /^(<=|>=|<|>)\s*(.*)$/.exec(limit) ?? [];
  const goal = `${BOUNDS[sign] ?? ''} ${value}`.trim();
  return `${says}: ${before} before, ${after} after; the goal is ${goal}.`;
}
