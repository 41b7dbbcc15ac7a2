import type { PredictionRow } from '../calibration/compare.ts';
import { Values } from '../plan/compute.ts';
import type { Claim, MeasuredBy, Plan } from '../plan/plan.ts';
import { ledgerRow } from './ledger-row.ts';
import type { LedgerRow } from './ledger-row.ts';
import { readMeasured } from './measured-reading.ts';
import type { LedgerRun } from './measured-reading.ts';
import { asked, runKey } from './reading.ts';
import type { Reading } from './reading.ts';
import { readSimulated } from './simulated-reading.ts';
import type { SimulatedRun } from './simulated-reading.ts';

export type { LedgerRow } from './ledger-row.ts';
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
  const simulated = by && (readSimulated(claim, by, simulations) ?? notSimulated(by, whyNot));
  const measured = by?.on === 'servers' ? readMeasured(claim, by, runs, whyNot) : undefined;
  return ledgerRow(claim, values, { ...(simulated && { simulated }), ...(measured && { measured }) });
}

/** Only a claim that nothing else settles has to say why it was not simulated. */
function notSimulated(by: MeasuredBy, whyNot: ReadonlyMap<string, string>): Reading | undefined {
  if (by.on !== 'simulator') return undefined;
  const detail = whyNot.get(runKey(by.scenario, by.step)) ?? 'the scenario was not simulated';
  return { ...asked(by), verdict: 'not measured', detail };
}
