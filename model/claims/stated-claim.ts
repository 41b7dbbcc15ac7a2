import type { Values } from '../plan/compute.ts';
import type { Claim } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import type { LedgerRow } from './ledger.ts';
import { questionOf } from './question.ts';
import { judgeStatement } from './statement.ts';

/** What a claim states, and what follows from the plan; nothing of runs, whose judging takes much longer to load. */
export type StatedClaim = Pick<
  LedgerRow,
  'claim' | 'document' | 'section' | 'asks' | 'claimed' | 'unit' | 'claimedUnit' | 'computed' | 'note'
>;

export function statedClaim(claim: Claim, values: Values): StatedClaim {
  const { literal, text } = claim.says;
  const computed = readComputed(claim, values);
  return {
    claim: claim.id,
    document: claim.document,
    section: claim.section,
    asks: questionOf(claim),
    claimed: text,
    unit: baseUnitSymbol(literal.dimension),
    claimedUnit: { symbol: literal.writtenUnit, factor: literal.factor },
    ...(computed && { computed }),
    ...(claim.note === undefined ? {} : { note: claim.note }),
  };
}

function readComputed({ computed, says }: Claim, values: Values): StatedClaim['computed'] {
  if (!computed) return undefined;
  const value = values.evaluate(computed.expression);
  // Only what is set by hand takes a queue beyond what it can do; then nothing follows from it.
  if (!Number.isFinite(value)) return undefined;
  return { value, formula: computed.formula, finding: judgeStatement(says, value) };
}
