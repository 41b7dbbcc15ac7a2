import type { ScenarioFault } from '../../scenario/scenario.ts';
import type { SystemFault } from '../load.ts';

/** A fault by what the simulator knows that comes nearest to it. */
export interface SimulatedFault {
  readonly kind: SystemFault['kind'];
  readonly until_s: number;
  /** What is different, in words. */
  readonly note?: string;
}

/** @throws RangeError for what the simulator has nothing for. */
export function faultAsSimulated({ kind, tier, at_s, until_s, party, part, role }: ScenarioFault): SimulatedFault {
  const what = `\`${kind}\` of \`${tier}\``;
  if (kind === 'bandwidth' || kind === 'limit') throw new RangeError(`${what} needs live servers`);
  if (part === 'store' || part === 'proxy' || part === 'supervisor') {
    throw new RangeError(`${what} with \`part: ${part}\` needs live servers`);
  }
  if (kind === 'fill') return { kind: 'flush', until_s: at_s, note: `${what} is simulated as a flush` };
  const whole = { kind, until_s };
  if (party !== undefined) return { ...whole, note: `${what} meets all third parties of the tier, not only ${party}` };
  if (part === 'postmaster') return { ...whole, note: `${what} takes the whole node, not its postmaster alone` };
  if (role === 'replica' || role === 'synchronous') return { ...whole, note: `${what} meets the first instances` };
  return whole;
}
