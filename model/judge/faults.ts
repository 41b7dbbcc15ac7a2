import type { Observation, ObservedFault } from '../observation/observation.ts';
import { formatNumber } from '../units/format.ts';
import { failed, passed } from './validity-check.ts';
import type { ValidityCheck } from './validity-check.ts';

/** More errors than this before anything was done to a system, and it was not well by itself. */
const ERROR_SHARE_MAX = 0.01;

/** Whether what was done to a system took effect, was undone, and met a system that was well. Nothing without faults. */
export function checkFaults(observation: Observation): ValidityCheck[] {
  const { faults = [] } = observation;
  if (faults.length === 0) return [];
  return [checkEffect(faults), checkHealed(faults), checkSteadyBefore(observation, faults)];
}

function checkEffect(faults: readonly ObservedFault[]): ValidityCheck {
  const [unseen, ...others] = faults.filter(({ observed_at_s }) => observed_at_s === undefined);
  if (!unseen) return passed('fault effect', `${count(faults)} took effect`);
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  const detail = `\`${unseen.fault}\` of \`${unseen.tier}\` had no effect that was seen${more}: ${unseen.effect}`;
  return failed('fault effect', detail, 'let it last longer, or look at `shop-plan status` while it lasts');
}

function checkHealed(faults: readonly ObservedFault[]): ValidityCheck {
  const unhealed = faults.find((fault) => fault.observed_at_s !== undefined && fault.healed_at_s === undefined);
  if (!unhealed) return passed('fault healed', `${count(faults)} ended`, 'warning');
  const detail = `\`${unhealed.fault}\` of \`${unhealed.tier}\` was not seen to end: ${unhealed.unhealed ?? 'nobody looked'}`;
  return failed('fault healed', detail, 'start the stack anew before the next run: `shop-plan down`', 'warning');
}

function checkSteadyBefore(
  { intervals, interval_s = 1 }: Observation,
  faults: readonly ObservedFault[],
): ValidityCheck {
  const first_s = Math.min(...faults.map(({ injected_at_s }) => injected_at_s));
  const before = intervals.filter(({ start_s }) => start_s + interval_s <= first_s);
  const sum = (of: 'ok' | 'http_error' | 'timeout' | 'reset'): number =>
    before.reduce((all, each) => all + each[of], 0);
  const errors = sum('http_error') + sum('timeout') + sum('reset');
  const ended = sum('ok') + errors;
  const said = `${formatNumber(errors)} of ${formatNumber(ended)} requests failed before the first fault`;
  if (errors <= ended * ERROR_SHARE_MAX) return passed('steady before', said);
  return failed('steady before', said, 'find out why the system fails by itself, or offer less');
}

function count(faults: readonly ObservedFault[]): string {
  return faults.length === 1 ? 'the fault' : `all ${faults.length} faults`;
}
