import { baseUnitSymbol } from '../units/dimension.ts';
import { Values } from '../plan/compute.ts';
import type { Claim, Finding, Plan } from '../plan/plan.ts';
import { readMeasured } from './measured-reading.ts';
import type { LedgerRun } from './measured-reading.ts';
import { runKey } from './reading.ts';
import type { ClaimVerdict, Reading } from './reading.ts';
import { readSimulated } from './simulated-reading.ts';
import type { SimulatedRun } from './simulated-reading.ts';
import { judgeStatement } from './statement.ts';

export type { LedgerRun } from './measured-reading.ts';
export { runKey } from './reading.ts';
export type { ClaimVerdict, Reading } from './reading.ts';
export type { SimulatedRun } from './simulated-reading.ts';

export const LEDGER_FORMAT_VERSION = 1;

/** Every claim of a plan with its readings side by side. Values are in base units. */
export interface Ledger {
  readonly formatVersion: typeof LEDGER_FORMAT_VERSION;
  readonly kind: 'ledger';
  readonly plan: string;
  readonly rows: readonly LedgerRow[];
}

export interface LedgerRow {
  readonly claim: string;
  readonly document: string;
  readonly section: string;
  /** As the document writes it. */
  readonly claimed: string;
  /** Base unit of all values of the row; empty for plain numbers and shares. */
  readonly unit: string;
  /** The unit that the document uses, and how many base units one of it is. */
  readonly claimedUnit: { readonly symbol: string; readonly factor: number };
  readonly computed?: { readonly value: number; readonly formula: string; readonly finding: Finding };
  /** What the same scenario shows on the simulator; it settles nothing, only a running system does. */
  readonly simulated?: Reading;
  readonly measured?: Reading;
  /** The scenario that will settle it, where only a running system can and there is no such scenario yet. */
  readonly settledBy?: string;
  readonly verdict: ClaimVerdict;
  /** The finding that the plan already records for this claim. */
  readonly known: Finding;
  /** False when the verdict is an answer other than the known one: that is news, and fails a pipeline. */
  readonly asKnown: boolean;
  readonly note?: string;
}

/** The runs that a plan's claims ask for, as scenario and step, each once, by step. */
export function runsNeeded(plan: Plan): { readonly scenario: string; readonly step: number }[] {
  const needed = new Map<string, { scenario: string; step: number }>();
  for (const { measured } of plan.claims) {
    if (!measured) continue;
    for (const step of [measured.step, measured.reductionFromStep]) {
      if (step !== undefined) needed.set(runKey(measured.scenario, step), { scenario: measured.scenario, step });
    }
  }
  return [...needed.values()].toSorted((a, b) => a.step - b.step);
}

/** Holds every claim against what follows from the plan, and against the runs and simulations there are, by `runKey`. */
export function drawLedger(
  plan: Plan,
  runs: ReadonlyMap<string, LedgerRun>,
  simulations: ReadonlyMap<string, SimulatedRun> = new Map(),
): Ledger {
  const values = new Values(plan.quantities);
  const rows = plan.claims.map((claim) => drawRow(claim, values, runs, simulations));
  return { formatVersion: LEDGER_FORMAT_VERSION, kind: 'ledger', plan: plan.name, rows };
}

function drawRow(
  claim: Claim,
  values: Values,
  runs: ReadonlyMap<string, LedgerRun>,
  simulations: ReadonlyMap<string, SimulatedRun>,
): LedgerRow {
  const computed = claim.computed && readComputed(claim, values);
  const simulated = claim.measured && readSimulated(claim, claim.measured, simulations);
  const measured = claim.measured && readMeasured(claim, claim.measured, runs);
  const verdict = combine(computed?.finding, measured?.verdict, claim.settledBy !== undefined);
  const { literal } = claim.says;
  return {
    claim: claim.id,
    document: claim.document,
    section: claim.section,
    claimed: claim.says.text,
    unit: baseUnitSymbol(literal.dimension),
    claimedUnit: { symbol: literal.writtenUnit, factor: literal.factor },
    ...(computed && { computed }),
    ...(simulated && { simulated }),
    ...(measured && { measured }),
    ...(claim.settledBy === undefined ? {} : { settledBy: claim.settledBy }),
    verdict,
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
function combine(computed: Finding | undefined, measured: ClaimVerdict | undefined, measurable: boolean): ClaimVerdict {
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
