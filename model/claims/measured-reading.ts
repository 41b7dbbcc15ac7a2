import { measure } from '../judge/measure.ts';
import type { Measurement } from '../judge/measurement.ts';
import { refusal } from '../judge/claims.ts';
import type { ExecutorClaims } from '../judge/claims.ts';
import { isNoData, isPaced } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import type { Claim, MeasuredBy, Versus } from '../plan/plan.ts';
import { asked, compare, judgeReading, nothingToCompare, runKey } from './reading.ts';
import type { Reading } from './reading.ts';

/** A run that claims can be held against. */
export interface LedgerRun {
  readonly observation: Observation;
  /** False when the run cannot carry a judgement. */
  readonly valid: boolean;
  readonly invalidBecause?: string;
  readonly run?: string;
  /** Share of the rates that the scenario has live servers driven with; all when absent. */
  readonly liveScale?: number;
  /** What the figures of whoever ran it can be trusted for. */
  readonly claims: ExecutorClaims;
}

/** What the live run of a claim's scenario says of it, with the reason where it says nothing; `whyNot` has it for runs that are missing. */
export function readMeasured(
  claim: Claim,
  by: MeasuredBy,
  runs: ReadonlyMap<string, LedgerRun>,
  whyNot: ReadonlyMap<string, string>,
): Reading {
  const reading = asked(by);
  const key = runKey(by.scenario, by.step);
  const run = runs.get(key);
  if (!run) return { ...reading, verdict: 'not measured', detail: whyNot.get(key) ?? 'the scenario was not run' };
  const where = run.run === undefined ? {} : { run: run.run };
  const measurement = measure(run.observation, by.metric, by.phase);
  if (isNoData(measurement)) return { ...reading, ...where, verdict: 'no data', detail: measurement.noData };
  const { versus } = by;
  const value = versus === undefined ? { value: measurement.value } : compared(versus, measurement, runs);
  if ('missing' in value) return { ...reading, ...where, verdict: 'not measured', detail: value.missing };
  const interval = versus === undefined ? measurement.interval95 : undefined;
  const bounds = interval ? { low: interval.low, high: interval.high } : {};
  const seen = { ...reading, ...where, ...value, ...bounds, samples: measurement.samples };
  const against = objection(run, by);
  if (against !== undefined) return { ...seen, verdict: 'invalid', detail: against };
  const share = drivenShare(run, by);
  const detail = share === 1 ? {} : { detail: `at ${percent(share)} of the load` };
  return { ...seen, verdict: judgeReading(claim, value.value, bounds, measurement.censored), ...detail };
}

/** Why a run cannot settle a claim, although it shows a figure. */
function objection(run: LedgerRun, by: MeasuredBy): string | undefined {
  const { observation, valid, invalidBecause, claims, liveScale = 1 } = run;
  if (!valid) return invalidBecause ?? 'the run is invalid';
  const share = drivenShare(run, by);
  if (share < Math.min(1, liveScale)) return `the run drove ${percent(share)} of the load`;
  // Rates of one run compare with each other at any part of the load.
  if (by.metric.kind === 'rate' && by.versus && isSameRun(by, by.versus)) return undefined;
  return refusal(observation, by.metric, claims, by.phase)?.because;
}

function isSameRun(one: MeasuredBy, other: Versus): boolean {
  return runKey(one.scenario, one.step) === runKey(other.scenario, other.step);
}

/** Share of the rates that was driven in the phases looked at. Closed loops and probes have no rate: they are always whole. */
function drivenShare({ observation, claims }: LedgerRun, { phase }: MeasuredBy): number {
  return claims.paces && isPaced(observation, phase) ? observation.what.scale : 1;
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))} %`;
}

function compared(
  versus: Versus,
  measurement: Measurement,
  runs: ReadonlyMap<string, LedgerRun>,
): { value: number } | { missing: string } {
  const base = runs.get(runKey(versus.scenario, versus.step));
  const other = base && measure(base.observation, versus.metric, versus.phase);
  if (!base?.valid || !other || isNoData(other) || other.value === 0) return { missing: nothingToCompare(versus) };
  return { value: compare(measurement.value, versus, other.value) };
}
