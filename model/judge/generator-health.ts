import { formatNumber } from '../units/format.ts';
import type { Observation } from '../observation/observation.ts';
import type { ExecutorClaims } from './claims.ts';
import { latenciesOf, latencyAtRank } from './latencies.ts';
import { failed, passed } from './validity-check.ts';
import type { ValidityCheck } from './validity-check.ts';
import { classesOf, isNoData, phasesOf } from './window.ts';

/**
 * A generator may send this late at the 99th percentile, … Lateness hides nothing, since response times count from the
 * intended arrival; but beyond this the arrivals are no longer those that were planned.
 */
export const SEND_LAG_MAX_US = 50_000;
/** … or by this share of the p95 response time, whichever is larger: then it does not colour the figures. */
export const SEND_LAG_SHARE = 0.1;
/** From this share of busy time on, a generator's event loop queues by itself and adds to every latency. */
export const EVENT_LOOP_BUSY_MAX = 0.9;

/** Requests left when they were due. A closed loop has no due time. */
export function checkSendLag(observation: Observation, claims: ExecutorClaims): ValidityCheck {
  if (!claims.paces) return passed('send lag', `\`${observation.what.engine}\` has no intended send times`);
  const { p99 } = observation.generator.send_lag_us;
  const limit_us = sendLagLimit_us(observation);
  const detail = `99 % of requests left within ${ms(p99)} ms of their time`;
  if (p99 <= limit_us) return passed('send lag', detail);
  const help = 'the generator was late; lower the rate, give it more processor, or spread it';
  return failed('send lag', `${detail}, later than the ${ms(limit_us)} ms that a run may have`, help);
}

/** The larger of `SEND_LAG_MAX_US` and `SEND_LAG_SHARE` of the p95 response time of the judged phases, in µs. */
export function sendLagLimit_us(observation: Observation): number {
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases);
  if (isNoData(classes)) return SEND_LAG_MAX_US;
  const latencies = latenciesOf(classes, 'response');
  if (latencies.recorded === 0) return SEND_LAG_MAX_US;
  const p95 = latencyAtRank(latencies, Math.ceil(0.95 * latencies.recorded));
  return Math.max(SEND_LAG_MAX_US, SEND_LAG_SHARE * p95.value_us);
}

/** Where there is no rate to hold, a probe asks for all it can get at once and is busy by design: then it is only said. */
export function checkEventLoop({ generator, phases }: Observation, claims: ExecutorClaims): ValidityCheck {
  const isProbed =
    claims.paces && phases.length > 0 && phases.every(({ target_rate_per_s }) => target_rate_per_s === 0);
  const severity = isProbed ? 'warning' : 'invalid';
  const busy = `the generator's event loop was busy ${formatNumber(generator.event_loop_utilisation * 100, 3)} % of the time`;
  if (generator.event_loop_utilisation < EVENT_LOOP_BUSY_MAX) return passed('generator', busy, severity);
  const help = isProbed ? 'its own share of the latencies is unknown' : 'lower the rate or give it more processor';
  return failed('generator', `${busy}, so it was saturated`, help, severity);
}

function ms(us: number): string {
  return formatNumber(us / 1000, 3);
}
