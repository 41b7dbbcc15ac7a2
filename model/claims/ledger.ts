import { measure } from '../judge/measure.ts';
import type { Measurement } from '../judge/measurement.ts';
import { refusal } from '../judge/claims.ts';
import type { ExecutorClaims } from '../judge/claims.ts';
import { isNoData } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import { baseUnitSymbol } from '../units/dimension.ts';
import { Values } from '../plan/compute.ts';
import type { Claim, Finding, MeasuredBy, Plan } from '../plan/plan.ts';
import { judgeStatement } from './statement.ts';

export const LEDGER_FORMAT_VERSION = 1;

/** What became of a claim. The first three are answers; the rest say why there is none. */
export type ClaimVerdict = Finding | 'inconclusive' | 'invalid' | 'no data' | 'not measured' | 'not derivable';

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
  readonly measured?: MeasuredReading;
  /** The scenario that will settle it, where only a running system can and there is no such scenario yet. */
  readonly settledBy?: string;
  readonly verdict: ClaimVerdict;
  /** The finding that the plan already records for this claim. */
  readonly known: Finding;
  /** False when the verdict is an answer other than the known one: that is news, and fails a pipeline. */
  readonly asKnown: boolean;
  readonly note?: string;
}

export interface MeasuredReading {
  readonly verdict: ClaimVerdict;
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly samples?: number;
  readonly metric: string;
  readonly scenario: string;
  readonly step: number;
  readonly phase?: string;
  /** The value is the reduction against the same metric at this step. */
  readonly reductionFromStep?: number;
  /** Folder of the run, where it was kept. */
  readonly run?: string;
  /** Why there is no answer, or what the value rests on. */
  readonly detail?: string;
}

/** A run that claims can be held against. */
export interface LedgerRun {
  readonly observation: Observation;
  /** False when the run cannot carry a judgement. */
  readonly valid: boolean;
  readonly invalidBecause?: string;
  readonly run?: string;
  /** What the figures of whoever ran it can be trusted for. */
  readonly claims: ExecutorClaims;
}

/** Identifies the run of a scenario on a step. */
export function runKey(scenario: string, step: number): string {
  return `${scenario}@${step}`;
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

/** Holds every claim against what follows from the plan and against the runs there are. */
export function drawLedger(plan: Plan, runs: ReadonlyMap<string, LedgerRun>): Ledger {
  const values = new Values(plan.quantities);
  const rows = plan.claims.map((claim) => drawRow(claim, values, runs));
  return { formatVersion: LEDGER_FORMAT_VERSION, kind: 'ledger', plan: plan.name, rows };
}

function drawRow(claim: Claim, values: Values, runs: ReadonlyMap<string, LedgerRun>): LedgerRow {
  const computed = claim.computed && readComputed(claim, values);
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

function readMeasured(claim: Claim, by: MeasuredBy, runs: ReadonlyMap<string, LedgerRun>): MeasuredReading {
  const { scenario, step, phase, metricText: metric } = by;
  const { reductionFromStep } = by;
  const reading = {
    metric,
    scenario,
    step,
    ...(phase === undefined ? {} : { phase }),
    ...(reductionFromStep === undefined ? {} : { reductionFromStep }),
  };
  const run = runs.get(runKey(scenario, step));
  if (!run) return { ...reading, verdict: 'not measured', detail: 'the scenario was not run' };
  const where = run.run === undefined ? {} : { run: run.run };
  const measurement = measure(run.observation, by.metric, phase);
  if (isNoData(measurement)) return { ...reading, ...where, verdict: 'no data', detail: measurement.noData };
  const value = by.reductionFromStep === undefined ? { value: measurement.value } : reduction(by, measurement, runs);
  if ('missing' in value) return { ...reading, ...where, verdict: 'not measured', detail: value.missing };
  const interval = by.reductionFromStep === undefined ? measurement.interval95 : undefined;
  const bounds = interval ? { low: interval.low, high: interval.high } : {};
  const seen = { ...reading, ...where, ...value, ...bounds, samples: measurement.samples };
  const against = objection(run, by);
  if (against !== undefined) return { ...seen, verdict: 'invalid', detail: against };
  return { ...seen, verdict: judgeMeasured(claim, value.value, bounds, measurement.censored) };
}

/** Why a run cannot settle a claim, although it shows a figure. */
function objection({ observation, valid, invalidBecause, claims }: LedgerRun, by: MeasuredBy): string | undefined {
  if (!valid) return invalidBecause ?? 'the run is invalid';
  const { scale } = observation.what;
  if (claims.paces && scale !== 1) return `the run drove ${Number((scale * 100).toPrecision(3))} % of the load`;
  return refusal(observation, by.metric, claims, by.phase)?.because;
}

function reduction(
  by: MeasuredBy,
  measurement: Measurement,
  runs: ReadonlyMap<string, LedgerRun>,
): { value: number } | { missing: string } {
  const from = by.reductionFromStep ?? by.step;
  const base = runs.get(runKey(by.scenario, from));
  const before = base && measure(base.observation, by.metric, by.phase);
  if (!base?.valid || !before || isNoData(before) || before.value === 0) {
    return { missing: `step ${from} gave nothing to compare with` };
  }
  return { value: 1 - measurement.value / before.value };
}

/** A bound that lies inside the 95 % interval is not settled; a value cut short by timeouts can only break a bound. */
function judgeMeasured(
  { says }: Claim,
  value: number,
  { low, high }: { readonly low?: number; readonly high?: number },
  censored: boolean,
): ClaimVerdict {
  const finding = judgeStatement(says, value);
  if (censored && finding !== 'contradicted') return 'inconclusive';
  if (says.bound === 'equal' || low === undefined || high === undefined) return finding;
  const limit = says.literal.value;
  return low < limit && limit < high ? 'inconclusive' : finding;
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
