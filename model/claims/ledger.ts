import type { PredictionRow } from '../calibration/compare.ts';
import { Values } from '../plan/compute.ts';
import type { Claim, Finding, MeasuredBy, Plan } from '../plan/plan.ts';
import { readMeasured } from './measured-reading.ts';
import type { LedgerRun } from './measured-reading.ts';
import { asked, runKey } from './reading.ts';
import type { ClaimVerdict, Reading } from './reading.ts';
import { readSimulated } from './simulated-reading.ts';
import type { SimulatedRun } from './simulated-reading.ts';
import { statedClaim } from './stated-claim.ts';
import { combine, isFinding, rank } from './verdict.ts';

export type { LedgerRun } from './measured-reading.ts';
export { runKey } from './reading.ts';
export type { ClaimVerdict, Compared, Reading } from './reading.ts';
export type { SimulatedRun } from './simulated-reading.ts';

export const LEDGER_FORMAT_VERSION = 1;

/** Every claim of a plan with its readings side by side. Values are in base units. */
export interface Ledger {
  readonly formatVersion: typeof LEDGER_FORMAT_VERSION;
  readonly kind: 'ledger';
  readonly plan: string;
  readonly rows: readonly LedgerRow[];
  /** What this machine's calibration foretold of the runs, beside what they showed; absent without a calibration. */
  readonly predictions?: readonly PredictionRow[];
}

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

/** A scenario on a step. */
export interface NeededRun {
  readonly scenario: string;
  readonly step: number;
}

/** The runs that a plan's claims ask of live servers, each once, by step. */
export function runsNeeded(plan: Plan): NeededRun[] {
  return runsOf(plan.claims.flatMap(({ measured }) => (measured?.on === 'servers' ? [measured] : [])));
}

/** What is to be simulated: every run that live servers are asked for, and those that the simulation settles, by step. */
export function simulationsNeeded(plan: Plan): NeededRun[] {
  return runsOf(plan.claims.flatMap(({ measured }) => measured ?? []));
}

function runsOf(all: readonly MeasuredBy[]): NeededRun[] {
  const places = all.flatMap(({ versus, ...by }) => (versus ? [by, versus] : [by]));
  const needed = new Map(places.map(({ scenario, step }) => [runKey(scenario, step), { scenario, step }]));
  return [...needed.values()].toSorted((a, b) => a.step - b.step);
}

/**
 * Holds every claim against what follows from the plan, and against the runs and simulations there are, by `runKey`; `whyNot` says
 * of others why they are missing.
 */
export function drawLedger(
  plan: Plan,
  runs: ReadonlyMap<string, LedgerRun>,
  simulations: ReadonlyMap<string, SimulatedRun> = new Map(),
  whyNot: ReadonlyMap<string, string> = new Map(),
): Ledger {
  const values = new Values(plan.quantities);
  const seen = { runs, simulations, whyNot };
  const rows = plan.claims.map((claim) => drawRow(claim, values, seen));
  return { formatVersion: LEDGER_FORMAT_VERSION, kind: 'ledger', plan: plan.name, rows };
}

interface Seen {
  readonly runs: ReadonlyMap<string, LedgerRun>;
  readonly simulations: ReadonlyMap<string, SimulatedRun>;
  readonly whyNot: ReadonlyMap<string, string>;
}

function drawRow(claim: Claim, values: Values, { runs, simulations, whyNot }: Seen): LedgerRow {
  const { measured: by } = claim;
  const { note, ...stated } = statedClaim(claim, values);
  const simulated = by && (readSimulated(claim, by, simulations) ?? notSimulated(by, whyNot));
  const measured = by?.on === 'servers' ? readMeasured(claim, by, runs, whyNot) : undefined;
  const needsRun = by !== undefined || claim.settledBy !== undefined;
  const settles = by?.on === 'simulator' ? 'simulated' : 'measured';
  const seen = settles === 'simulated' ? simulated : measured;
  const verdict = combine(stated.computed?.finding, seen?.verdict, needsRun);
  return {
    ...stated,
    ...(simulated && { simulated }),
    ...(measured && { measured }),
    ...(claim.settledBy === undefined ? {} : { settledBy: claim.settledBy }),
    verdict,
    ...(seen && verdict === seen.verdict && { settledIn: settles }),
    known: claim.known,
    asKnown: !isFinding(verdict) || rank(verdict) <= rank(claim.known),
    ...(note === undefined ? {} : { note }),
  };
}

/** Only a claim that nothing else settles has to say why it was not simulated. */
function notSimulated(by: MeasuredBy, whyNot: ReadonlyMap<string, string>): Reading | undefined {
  if (by.on !== 'simulator') return undefined;
  const detail = whyNot.get(runKey(by.scenario, by.step)) ?? 'the scenario was not simulated';
  return { ...asked(by), verdict: 'not measured', detail };
}
