import { formatNumber } from '../units/format.ts';
import type { Observation } from '../observation/observation.ts';
import type { ExecutorClaims } from './claims.ts';
import { checkConservation } from './conservation.ts';
import { checkFaults } from './faults.ts';
import { checkEventLoop, checkSendLag } from './generator-health.ts';
import { checkDrops, checkRate } from './rate-reached.ts';
import { growthOf } from './steady-state.ts';
import { failed, passed } from './validity-check.ts';
import type { ValidityCheck } from './validity-check.ts';
import { classesOf, isNoData, phasesOf, sumOf } from './window.ts';
import { checkWritesRead } from './writes-read.ts';

export type { ValidityCheck } from './validity-check.ts';

/**
 * Whether the run can carry a judgement at all. Every check is listed, the passed ones too, so that a report can show what
 * was looked at. A failed check of severity `invalid` makes every verdict INVALID; a `warning` is shown beside them.
 */
export function validity(observation: Observation, claims: ExecutorClaims): readonly ValidityCheck[] {
  return [
    checkComplete(observation),
    checkConservation(observation),
    checkSamples(observation),
    checkRate(observation, claims),
    checkDrops(observation),
    checkSendLag(observation, claims),
    checkEventLoop(observation, claims),
    checkSteady(observation),
    checkScale(observation),
    ...checkFaults(observation),
    ...checkRoom(observation),
    ...checkWritesRead(observation),
  ];
}

function checkComplete(observation: Observation): ValidityCheck {
  if (observation.complete) return passed('complete', 'the run went to its end');
  const why = observation.incompleteBecause ?? 'no reason was recorded';
  return failed('complete', `the run ended early: ${why}`, 'run it again to its end');
}

function checkSamples(observation: Observation): ValidityCheck {
  const phases = phasesOf(observation);
  const help = 'judge at least one phase, and let it send requests';
  if (isNoData(phases)) return failed('samples', phases.noData, phases.help ?? help);
  const classes = classesOf(observation, phases);
  const sent = isNoData(classes) ? 0 : sumOf(classes).sent;
  if (sent === 0) return failed('samples', 'no request was sent in the judged phases', help);
  return passed('samples', `${formatNumber(sent)} requests were sent in the judged phases`);
}

/** The simulator follows so many requests at once; what comes on top is its own limit, not the system's. */
function checkRoom({ events }: Observation): ValidityCheck[] {
  const full = events.find(({ kind }) => kind === 'full');
  if (!full) return [];
  const help = 'give tiers limits of their own (`concurrency`, `queue`), or offer less';
  return [failed('room', `from ${formatNumber(full.at_s)} s on ${full.detail}`, help, 'warning')];
}

function checkSteady(observation: Observation): ValidityCheck {
  const growth = growthOf(observation);
  if (!growth) return passed('steady state', 'requests in flight did not keep growing', 'warning');
  const gained = Math.round(growth.gained);
  const detail = `requests in flight kept growing in phase \`${growth.phase}\`: ${gained} more at its end, ${Math.round(growth.typical)} typical`;
  const help = 'the figures depend on how long the run lasts; run longer, or at a rate the system can hold';
  return failed('steady state', detail, help, 'warning');
}

function checkScale({ what }: Observation): ValidityCheck {
  // The simulator drives whatever is asked of it; a live run at a part of the load is what a machine can do.
  if (what.executor === 'simulator') return passed('scale', 'the simulator drives any scale', 'warning');
  if (what.scale === 1) return passed('scale', 'the scenario was driven at full scale', 'warning');
  const percent = Number((what.scale * 100).toPrecision(3));
  const detail = `the scenario was driven at ${percent} % of its rates, so the figures do not show how it fares at all of them`;
  return failed('scale', detail, 'run it at scale 1', 'warning');
}
