import type { Observation, ObservedEvent } from '../../model/observation/observation.ts';
import { formatNumber } from '../../model/units/format.ts';
import { faultsText } from '../faults-text.ts';
import { outagesText } from '../outages-text.ts';
import { writesText } from '../writes-text.ts';

/** More would hide what they are about. */
const EVENTS_MAX = 4;

/** What was done to a system and what it did itself, a line each; none where it was left alone. */
export function happenedIn({ what, faults = [], outages = [], writes, events }: Observation): string[] {
  if (what.executor === 'simulator') return events.slice(0, EVENTS_MAX).map(eventText);
  return [
    ...(faults.length > 0 ? faultsText(faults).split('\n') : []),
    ...(outages.length > 0 ? outagesText(outages).split('\n') : []),
    // Ids of those that something is odd about are for who looks into a run.
    ...(writes ? writesText(writes).split('\n').slice(0, 1) : []),
  ];
}

function eventText({ at_s, kind, tier, detail }: ObservedEvent): string {
  const where = tier === undefined ? '' : `\`${tier}\`: `;
  return `at ${formatNumber(at_s, 3)} s: ${where}${kind}, ${detail}`;
}
