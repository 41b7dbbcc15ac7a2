import type { Values } from '../plan/compute.ts';
import type { Claim, Finding } from '../plan/plan.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { questionOf } from './question.ts';
import type { ClaimVerdict, Reading } from './reading.ts';
import { judgeStatement } from './statement.ts';

/** A claim with its readings side by side. Values are in base units. */
export interface LedgerRow {
  readonly claim: string;
  readonly document: string;
  readonly section: string;
  /** The claim as a question. */
  readonly asks: string;
  /** As the document writes it. */
  readonly claimed: string;
  /** Base unit of all values of the row; empty for plain numbers and shares. */
  readonly unit: string;
  /** The unit that the document uses, and how many base units one of it is. */
  readonly claimedUnit: { readonly symbol: string; readonly factor: number };
  readonly computed?: { readonly value: number; readonly formula: string; readonly finding: Finding };
  /** What the same scenario shows on the simulator; it settles only what the plan leaves to it. */
  readonly simulated?: Reading;
  readonly measured?: Reading;
  /** The scenario that will settle it, where only a running system can and there is no such scenario yet. */
  readonly settledBy?: string;
  readonly verdict: ClaimVerdict;
  /** The run that the verdict rests on; absent where it rests on arithmetic, or on nothing. */
  readonly settledIn?: 'simulated' | 'measured';
  /** The finding that the plan already records for this claim. */
  readonly known: Finding;
  /** False when the verdict is an answer other than the known one: that is news, and fails a pipeline. */
  readonly asKnown: boolean;
  readonly note?: string;
}

/** What runs and simulations show of a claim; what is absent was not looked for. */
export type SeenOfClaim = Pick<LedgerRow, 'simulated' | 'measured'>;

/** Holds a claim against what follows from the plan, and against what was seen of it. */
export function ledgerRow(claim: Claim, values: Values, { simulated, measured }: SeenOfClaim): LedgerRow {
  const { measured: by } = claim;
  const computed = claim.computed && readComputed(claim, values);
  const needsRun = by !== undefined || claim.settledBy !== undefined;
  const settles = by?.on === 'simulator' ? 'simulated' : 'measured';
  const seen = settles === 'simulated' ? simulated : measured;
  const verdict = combine(computed?.finding, seen?.verdict, needsRun);
  const { literal } = claim.says;
  return {
    claim: claim.id,
    document: claim.document,
    section: claim.section,
    asks: questionOf(claim),
    claimed: claim.says.text,
    unit: baseUnitSymbol(literal.dimension),
    claimedUnit: { symbol: literal.writtenUnit, factor: literal.factor },
    ...(computed && { computed }),
    ...(simulated && { simulated }),
    ...(measured && { measured }),
    ...(claim.settledBy === undefined ? {} : { settledBy: claim.settledBy }),
    verdict,
    ...(seen && verdict === seen.verdict && { settledIn: settles }),
    known: claim.known,
    asKnown: !isFinding(verdict) || rank(verdict) <= rank(claim.known),
    ...(claim.note === undefined ? {} : { note: claim.note }),
  };
}

function readComputed(claim: Claim, values: Values): LedgerRow['computed'] {
  if (!claim.computed) return undefined;
  const value = values.evaluate(claim.computed.expression);
  // Only what is set by hand takes a queue beyond what it can do; then nothing follows from it.
  if (!Number.isFinite(value)) return undefined;
  return { value, formula: claim.computed.formula, finding: judgeStatement(claim.says, value) };
}

/** The worst answer counts; without any answer, the reason why there is none. */
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

function isFinding(verdict: ClaimVerdict): verdict is Finding {
  return verdict === 'holds' || verdict === 'close' || verdict === 'contradicted';
}

function rank(finding: Finding): number {
  return ['holds', 'close', 'contradicted'].indexOf(finding);
}
