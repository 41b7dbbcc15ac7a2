import type { ObservedFault } from '../model/observation/observation.ts';

/** One line a fault: when it was brought about, when that showed and by what, and when all was as before. */
export function faultsText(faults: readonly ObservedFault[]): string {
  return faults.map(faultText).join('\n');
}

function faultText({
  fault,
  tier,
  injected_at_s,
  observed_at_s,
  healed_at_s,
  effect,
  unhealed,
}: ObservedFault): string {
  const seen =
    observed_at_s === undefined
      ? `no effect was seen: ${effect}`
      : `${effect}, seen after ${(observed_at_s - injected_at_s).toFixed(1)} s`;
  const healed =
    healed_at_s === undefined
      ? `not seen to end${unhealed ? `: ${unhealed}` : ''}`
      : `as before at ${healed_at_s.toFixed(1)} s`;
  return `fault at ${injected_at_s.toFixed(1)} s: ${fault} of \`${tier}\`: ${seen}; ${healed}`;
}
