import type { Finding, Statement } from '../plan/plan.ts';

/** Within this share of the stated figure a value that rounds to something else is still close. */
export const CLOSE = 0.05;

/**
 * Holds a value against what a document states, by the precision the figure is written with: the value supports the
 * figure when it rounds to it at its last significant place and lies within 5 % of it (6,944 supports "7,000"; 1.28 PB
 * does not support "~1.6 PB"; 140 ms does not support "100 ms" though it rounds to it). A figure stated as a bound
 * (`< 500 ms`) holds when the value keeps it.
 */
export function judgeStatement(says: Statement, value: number): Finding {
  const stated = says.literal.value;
  const near = Math.abs(value - stated) <= CLOSE * Math.abs(stated);
  switch (says.bound) {
    case 'below':
      return value < stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'at most':
      return value <= stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'above':
      return value > stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'at least':
      return value >= stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'equal': {
      // A hair of slack, so that a figure that is exact in decimal is not lost to binary rounding.
      const rounds = Math.abs(value - stated) <= (says.literal.resolution / 2) * (1 + 1e-9);
      if (rounds && near) return 'holds';
      return near ? 'close' : 'contradicted';
    }
  }
}
