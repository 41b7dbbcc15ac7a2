import { formatNumber } from '../units/format.ts';
import type { Observation, ObservedWrites } from '../observation/observation.ts';
import { failed, passed } from './validity-check.ts';
import type { ValidityCheck } from './validity-check.ts';

/** What was never read back is unknown: no criterion may pass on it. Without a look at writes there is nothing to say. */
export function checkWritesRead({ writes }: Observation): ValidityCheck[] {
  return writes ? [checkRead(writes)] : [];
}

function checkRead({ acknowledged, failed: refused, indeterminate, unread }: ObservedWrites): ValidityCheck {
  const sent = acknowledged + refused + indeterminate;
  if (sent === 0) {
    const help = 'send a request class that has `identify` in the plan, with an engine that keeps a log of writes';
    return failed('writes', 'no write was recorded, so none can be looked for', help);
  }
  if (unread > 0) {
    const detail = `${formatNumber(unread)} of ${formatNumber(acknowledged)} acknowledged writes could not be read back`;
    return failed('writes', detail, 'whether they are lost is unknown: see why in the events, and run it again');
  }
  return passed('writes', `all ${formatNumber(acknowledged)} acknowledged writes were looked for`);
}
