import type { Finding } from '../plan/plan.ts';
import type { ClaimVerdict } from './reading.ts';

/** What arithmetic and a run say together: the worst answer counts; without any answer, the reason why there is none. */
export function combine(
  computed: Finding | undefined,
  measured: ClaimVerdict | undefined,
  measurable: boolean,
): ClaimVerdict {
  if (computed === undefined) return measured ?? (measurable ? 'not measured' : 'not derivable');
  // An arithmetic that holds does not make up for a measurement that is missing or invalid; one that fails stands.
  if (measured === undefined || computed === 'contradicted') return computed;
  if (!isFinding(measured)) return measured === 'not measured' ? computed : measured;
  return rank(measured) > rank(computed) ? measured : computed;
}

export function isFinding(verdict: ClaimVerdict): verdict is Finding {
  return verdict === 'holds' || verdict === 'close' || verdict === 'contradicted';
}

/** From 0 for the best. */
export function rank(finding: Finding): number {
  return ['holds', 'close', 'contradicted'].indexOf(finding);
}
