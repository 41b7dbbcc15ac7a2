import { measure } from '../judge/measure.ts';
import type { Measurement } from '../judge/measurement.ts';
import { refusal } from '../judge/claims.ts';
import type { ExecutorClaims } from '../judge/claims.ts';
import { isNoData } from '../judge/window.ts';
import type { Observation } from '../observation/observation.ts';
import type { Claim, MeasuredBy } from '../plan/plan.ts';
import { asked, judgeReading, runKey } from './reading.ts';
import type { Reading } from './reading.ts';

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

/** What the live run of a claim's scenario says of it, with the reason where it says nothing. */
export function readMeasured(claim: Claim, by: MeasuredBy, runs: ReadonlyMap<string, LedgerRun>): Reading {
  const reading = asked(by);
  const run = runs.get(runKey(by.scenario, by.step));
  if (!run) return { ...reading, verdict: 'not measured', detail: 'the scenario was not run' };
  const where = run.run === undefined ? {} : { run: run.run };
  const measurement = measure(run.observation, by.metric, by.phase);
  if (isNoData(measurement)) return { ...reading, ...where, verdict: 'no data', detail: measurement.noData };
  const value = by.reductionFromStep === undefined ? { value: measurement.value } : reduction(by, measurement, runs);
  if ('missing' in value) return { ...reading, ...where, verdict: 'not measured', detail: value.missing };
  const interval = by.reductionFromStep === undefined ? measurement.interval95 : undefined;
  const bounds = interval ? { low: interval.low, high: interval.high } : {};
  const seen = { ...reading, ...where, ...value, ...bounds, samples: measurement.samples };
  const against = objection(run, by);
  if (against !== undefined) return { ...seen, verdict: 'invalid', detail: against };
  return { ...seen, verdict: judgeReading(claim, value.value, bounds, measurement.censored) };
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
