import type { Observation, ObservedPhase } from '../observation/observation.ts';
import type { Measurement } from './measurement.ts';
import type { Keepsake } from './metric.ts';
import { windowOf } from './window.ts';
import type { NoData } from './window.ts';

/**
 * How many of what was acknowledged is not there afterwards: writes, or effects of orders. They belong to the run as a whole, so there is no
 * answer for one phase; nor when nothing was acknowledged, or some of it could not be looked for.
 */
export function measureLost(
  observation: Observation,
  phases: readonly ObservedPhase[],
  of: Keepsake,
  phase?: string,
): Measurement | NoData {
  if (phase !== undefined) {
    return { noData: `what was lost is known of the whole run, not of \`${phase}\``, help: 'leave out `in …`' };
  }
  const { lost, expected } = of === 'writes' ? writesOf(observation) : effectsOf(observation);
  if (lost === undefined || expected === undefined) {
    return { noData: `nobody looked whether ${of} are there`, help: `add \`checks: [${of}]\`` };
  }
  if (expected === 0) return { noData: `no ${of} were acknowledged, so none can be lost` };
  return { value: lost, unit: 'count', samples: expected, censored: false, window: windowOf(phases) };
}

interface Found {
  readonly lost: number | undefined;
  readonly expected: number | undefined;
}

function writesOf({ writes }: Observation): Found {
  const isKnown = writes !== undefined && writes.unread === 0;
  return { lost: isKnown ? writes.lost : undefined, expected: writes?.acknowledged };
}

function effectsOf({ counters = {} }: Observation): Found {
  return { lost: counters['effects.missing'], expected: counters['effects.expected'] };
}
