/**
 * PASS and FAIL are proven; INVALID: the run cannot carry the criterion; NO_DATA: nothing was seen of it; INCONCLUSIVE: too
 * few samples to tell.
 */
export const STATUSES = ['PASS', 'INCONCLUSIVE', 'NO_DATA', 'INVALID', 'FAIL'] as const;
export type Status = (typeof STATUSES)[number];

/** The worst of all verdicts; NOT_JUDGED when there was no criterion. */
export type Outcome = Status | 'NOT_JUDGED';

/**
 * The worst status, from PASS over INCONCLUSIVE, NO_DATA and INVALID to FAIL. A proven failure is the worst: what could not be
 * judged beside it does not undo it. NOT_JUDGED for none.
 */
export function worstOf(statuses: readonly Status[]): Outcome {
  if (statuses.length === 0) return 'NOT_JUDGED';
  return STATUSES.findLast((status) => statuses.includes(status)) ?? 'NOT_JUDGED';
}

/** Exit code of an outcome (docs/exit-codes.md): 0 fine, 1 a proven failure, 4 no judgement possible. */
export function exitCodeOf(outcome: Outcome): 0 | 1 | 4 {
  switch (outcome) {
    case 'PASS':
    case 'NOT_JUDGED':
      return 0;
    case 'FAIL':
      return 1;
    case 'INVALID':
    case 'NO_DATA':
    case 'INCONCLUSIVE':
      return 4;
  }
}
