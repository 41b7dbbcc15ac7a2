import type { Observation } from '../observation/observation.ts';
import type { RunSetting } from '../setting/run-setting.ts';
import { becauseOf, helpOf } from './because.ts';
import { refusal } from './claims.ts';
import type { ExecutorClaims } from './claims.ts';
import type { Criterion } from './criterion.ts';
import { decide } from './decide.ts';
import { measure } from './measure.ts';
import type { Measurement } from './measurement.ts';
import { worstOf } from './outcome.ts';
import type { Outcome, Status } from './outcome.ts';
import { samplesNeeded } from './samples-needed.ts';
import { validity } from './validity.ts';
import type { ValidityCheck } from './validity-check.ts';
import { isNoData } from './window.ts';

/** What became of one criterion, with its evidence. */
export interface Verdict {
  readonly criterion: Criterion;
  readonly status: Status;
  /** Kept for INVALID, too, as evidence. Absent when there was nothing to measure. */
  readonly measurement?: Measurement;
  /** One sentence with the numbers; lower case, no full stop. */
  readonly because: string;
  readonly help?: string;
  /** How many more samples an INCONCLUSIVE criterion needs; absent when no number would help. */
  readonly samplesNeeded?: number;
}

export interface Judgement {
  /** The worst of all verdicts; `exitCodeOf` turns it into an exit code. */
  readonly outcome: Outcome;
  readonly verdicts: readonly Verdict[];
  readonly validity: readonly ValidityCheck[];
}

/**
 * Holds a run against its criteria. An invalid run makes every verdict INVALID; a criterion without samples is NO_DATA; else
 * PASS or FAIL when the value's 95 % interval lies wholly on one side of the threshold, and INCONCLUSIVE when it does not.
 * `setting` is what the run was made on, which `cost` and `utilisation` need. Throws a `RangeError` when a histogram of the observation cannot be decoded.
 */
export function judge(
  observation: Observation,
  criteria: readonly Criterion[],
  claims: ExecutorClaims,
  setting?: RunSetting,
): Judgement {
  const checks = validity(observation, claims);
  const breach = checks.find((check) => !check.ok && check.severity === 'invalid');
  const verdicts = criteria.map((criterion) =>
    breach ? invalidated(observation, criterion, breach, setting) : verdictOf(observation, criterion, claims, setting),
  );
  const statuses = verdicts.map((verdict) => verdict.status);
  const outcome = breach && statuses.length === 0 ? 'INVALID' : worstOf(statuses);
  return { outcome, verdicts, validity: checks };
}

function invalidated(
  observation: Observation,
  criterion: Criterion,
  breach: ValidityCheck,
  setting?: RunSetting,
): Verdict {
  const measurement = measure(observation, criterion.metric, criterion.phase, setting);
  const evidence = isNoData(measurement) ? {} : { measurement };
  return { criterion, status: 'INVALID', ...evidence, because: breach.detail, help: breach.help };
}

function verdictOf(
  observation: Observation,
  criterion: Criterion,
  claims: ExecutorClaims,
  setting?: RunSetting,
): Verdict {
  const { metric, phase } = criterion;
  const measurement = measure(observation, metric, phase, setting);
  if (isNoData(measurement)) {
    const help = measurement.help === undefined ? {} : { help: measurement.help };
    return { criterion, status: 'NO_DATA', because: measurement.noData, ...help };
  }
  const refused = refusal(observation, metric, claims, phase);
  if (refused) return { criterion, status: 'INVALID', measurement, ...refused };
  const status = decide(criterion, measurement);
  const because = becauseOf(criterion, measurement, status);
  if (status !== 'INCONCLUSIVE') return { criterion, status, measurement, because };
  const needed = samplesNeeded(observation, criterion, measurement);
  const more = needed === undefined ? {} : { samplesNeeded: needed };
  return { criterion, status, measurement, because, help: helpOf(criterion, measurement, needed), ...more };
}
