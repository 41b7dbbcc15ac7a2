import { formatNumber } from '../units/format.ts';
import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { ExecutorClaims } from './claims.ts';
import { EVENT_LOOP_BUSY_MAX, sendLagLimit_us } from './generator-health.ts';
import { failed, passed } from './validity-check.ts';
import type { ValidityCheck } from './validity-check.ts';
import { classesOf, isNoData, journeysOf, phasesOf, sumOf } from './window.ts';

/** The rate sent may miss the phase's target by this share, … */
export const RATE_TOLERANCE = 0.01;
/** … or by this many standard deviations of a Poisson count, where the phase is too short for that. */
const RATE_DEVIATIONS = 4;
/** Arrivals may be dropped at the cap of requests in flight up to this share. */
export const DROPS_MAX = 0.001;

/**
 * Every judged phase with a target was driven at it, within `RATE_TOLERANCE`. Closed loops have no target, and the simulator
 * draws its arrivals from the stated process: how far bursts take a run from its mean rate is part of what it shows.
 */
export function checkRate(observation: Observation, claims: ExecutorClaims): ValidityCheck {
  if (observation.what.executor === 'simulator') return passed('rate', 'arrivals were drawn from the stated process');
  if (!claims.paces) return passed('rate', `\`${observation.what.engine}\` holds no rate by design`);
  const phases = phasesOf(observation);
  if (isNoData(phases)) return passed('rate', 'no judged phase asked for a rate');
  const misses = phases.flatMap((phase) => missOf(observation, phase) ?? []);
  const [worst] = misses.toSorted((a, b) => b.share - a.share);
  if (!worst) return passed('rate', `the rate was held within ${RATE_TOLERANCE * 100} % in every judged phase`);
  const detail = `the rate was not reached in phase \`${worst.phase}\`: ${formatNumber(worst.sent_per_s)} ${worst.of} sent of ${formatNumber(worst.target_per_s)}`;
  return failed('rate', detail, remedy(observation));
}

interface Miss {
  readonly phase: string;
  readonly of: string;
  readonly sent_per_s: number;
  readonly target_per_s: number;
  readonly share: number;
}

/** Of users on journeys only the first request is the generator's to send; the others follow the answers. */
function missOf(observation: Observation, phase: ObservedPhase): Miss | undefined {
  const seconds = phase.end_s - phase.start_s;
  const isJourneys = phase.target_journeys_per_s !== undefined;
  const target_per_s = phase.target_journeys_per_s ?? phase.target_rate_per_s;
  const expected = target_per_s * seconds;
  const classes = isJourneys ? journeysOf(observation, [phase]) : classesOf(observation, [phase]);
  if (expected <= 0 || isNoData(classes)) return undefined;
  const { scheduled, dropped } = sumOf(classes);
  const sent = scheduled - dropped;
  const share = Math.abs(sent / expected - 1);
  if (share <= Math.max(RATE_TOLERANCE, RATE_DEVIATIONS / Math.sqrt(expected))) return undefined;
  return {
    phase: phase.name,
    of: isJourneys ? 'journeys/s' : 'req/s',
    sent_per_s: sent / seconds,
    target_per_s,
    share,
  };
}

/** At most `DROPS_MAX` of what the judged phases scheduled was dropped. */
export function checkDrops(observation: Observation): ValidityCheck {
  const phases = phasesOf(observation);
  const classes = isNoData(phases) ? phases : classesOf(observation, phases);
  const journeys = isNoData(phases) ? [] : journeysOf(observation, phases);
  const { scheduled, dropped } = isNoData(classes) ? { scheduled: 0, dropped: 0 } : sumOf([...classes, ...journeys]);
  const share = scheduled === 0 ? 0 : dropped / scheduled;
  const detail = `${formatNumber(dropped)} of ${formatNumber(scheduled)} arrivals were dropped (${formatNumber(share * 100, 3)} %)`;
  if (share <= DROPS_MAX) return passed('drops', detail);
  return failed('drops', `${detail}, more than ${DROPS_MAX * 100} %`, remedy(observation));
}

/** Names whose fault it was: a healthy generator that drops was held up by the system. */
function remedy(observation: Observation): string {
  const { generator } = observation;
  const late = generator.send_lag_us.p99 > sendLagLimit_us(observation);
  const busy = generator.event_loop_utilisation >= EVENT_LOOP_BUSY_MAX;
  if (late || busy) return 'the generator was saturated; lower the rate or give it more processor';
  const cap = generator.in_flight_cap === undefined ? '' : ` (${formatNumber(generator.in_flight_cap)})`;
  return `the generator was healthy, so the system held it up; lower the rate, or raise the cap of requests in flight${cap}`;
}
