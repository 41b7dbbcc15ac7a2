import { becauseOf } from '../../judge/because.ts';
import { refusal } from '../../judge/claims.ts';
import type { ExecutorClaims } from '../../judge/claims.ts';
import type { Criterion } from '../../judge/criterion.ts';
import { decide } from '../../judge/decide.ts';
import { judge } from '../../judge/judge.ts';
import type { Judgement, Verdict } from '../../judge/judge.ts';
import { measure } from '../../judge/measure.ts';
import type { Measurement } from '../../judge/measurement.ts';
import { worstOf } from '../../judge/outcome.ts';
import { validity } from '../../judge/validity.ts';
import type { ValidityCheck } from '../../judge/validity-check.ts';
import { isNoData } from '../../judge/window.ts';
import type { Observation } from '../../observation/observation.ts';
import { formatNumber } from '../../units/format.ts';
import { combineMeasurements } from './combine-measurements.ts';
import { mergeChecks } from './merge-checks.ts';
import { replicationsToTell } from './replications-to-tell.ts';

/**
 * Holds replications of one run against its criteria: PASS or FAIL when the 95 % interval over the replications' values lies
 * wholly on one side of the threshold, else INCONCLUSIVE. What is invalid in one replication makes every verdict INVALID;
 * what one replication has no data of is NO_DATA. A single replication is judged as any run is.
 * Throws a `RangeError` without an observation, or when a histogram cannot be decoded.
 */
export function judgeReplications(
  observations: readonly Observation[],
  criteria: readonly Criterion[],
  claims: ExecutorClaims,
): Judgement {
  const [first] = observations;
  if (!first) throw new RangeError('there is no replication to judge');
  if (observations.length === 1) return judge(first, criteria, claims);
  const checks = mergeChecks(observations.map((observation) => validity(observation, claims)));
  const breach = checks.find((check) => !check.ok && check.severity === 'invalid');
  const verdicts = criteria.map((criterion) => verdictOf(observations, criterion, claims, breach));
  const statuses = verdicts.map((verdict) => verdict.status);
  const outcome = breach && statuses.length === 0 ? 'INVALID' : worstOf(statuses);
  return { outcome, verdicts, validity: checks };
}

function verdictOf(
  observations: readonly Observation[],
  criterion: Criterion,
  claims: ExecutorClaims,
  breach: ValidityCheck | undefined,
): Verdict {
  const { metric, phase } = criterion;
  const found = observations.map((observation) => measure(observation, metric, phase));
  const missing = found.find((each) => isNoData(each));
  const measured = found.flatMap((each) => (isNoData(each) ? [] : each));
  if (breach) {
    const evidence = missing ? {} : { measurement: combineMeasurements(metric, measured) };
    return { criterion, status: 'INVALID', ...evidence, because: breach.detail, help: breach.help };
  }
  if (missing) {
    const help = missing.help === undefined ? {} : { help: missing.help };
    return { criterion, status: 'NO_DATA', because: missing.noData, ...help };
  }
  const measurement = combineMeasurements(metric, measured);
  const refused = observations.map((each) => refusal(each, metric, claims, phase)).find((each) => each !== undefined);
  if (refused) return { criterion, status: 'INVALID', measurement, ...refused };
  const status = decide(criterion, measurement);
  const because = becauseOf(criterion, measurement, status);
  if (status !== 'INCONCLUSIVE') return { criterion, status, measurement, because };
  return { criterion, status, measurement, because, help: helpOf(criterion.threshold, measurement, measured) };
}

/** How many more replications would tell, if they scatter as those so far. */
function helpOf(threshold: number, measurement: Measurement, each: readonly Measurement[]): string {
  if (measurement.censored) return 'let timeouts be longer than the threshold, or judge the error rate';
  const needed = replicationsToTell(threshold, measurement, each);
  if (needed === Infinity) return 'the value is too near the threshold for any number of replications to tell';
  const more = Math.max(1, needed - each.length);
  return `simulate ${formatNumber(more)} more ${more === 1 ? 'replication' : 'replications'}, or longer ones`;
}
