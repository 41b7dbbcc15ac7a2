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
  const near = isClose(says, value);
  switch (says.bound) {
    case 'below':
      return value < stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'at most':
      return value <= stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'above':
      return value > stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'at least':
      return value >= stated ? 'holds' : near ? 'close' : 'contradicted';
    case 'between': {
      const upper = says.upper?.value ?? stated;
      if (value >= stated && value <= upper) return 'holds';
      return near || Math.abs(value - upper) <= CLOSE * Math.abs(upper) ? 'close' : 'contradicted';
    }
    case 'equal': {
      // A hair of slack, so that a figure that is exact in decimal is not lost to binary rounding.
      const rounds = Math.abs(value - stated) <= (says.literal.resolution / 2) * (1 + 1e-9);
      if (rounds && near) return 'holds';
      return near ? 'close' : 'contradicted';
    }
  }
}

/** From here on what is missing to 100 % is what counts: 99.9 % is ten times the downtime of 99.99 %, not close to it. */
const ALMOST_ALWAYS = 0.99;

function isClose({ literal }: Statement, value: number): boolean {
  const stated = literal.value;
  const isAvailability = literal.writtenUnit === '%' && stated >= ALMOST_ALWAYS && stated < 1;
  const measure = isAvailability ? 1 - stated : Math.abs(stated);
  return Math.abs(value - stated) <= CLOSE * measure;
}
