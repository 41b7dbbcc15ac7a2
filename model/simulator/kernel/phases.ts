import type { RecordedPhase } from '../record/phase-finder.ts';
import type { LoadPhase } from '../load.ts';
import { meanRate_per_s } from '../../workload/cumulative-rate.ts';

/**
 * The phases of a record: those of the load that last at all, one after the other. The first judged one is split where its warm-up ends
 * (`<name>:warm-up`, not judged); a warm-up as long as the phase leaves the phase whole, since nothing would be left to judge.
 */
export function recordedPhases(phases: readonly LoadPhase[], warmUp_s: number): RecordedPhase[] {
  const first = phases.find((phase) => phase.judged && phase.duration_s > 0);
  let at_s = 0;
  return phases.flatMap((phase) => {
    const start_s = at_s;
    at_s += phase.duration_s;
    if (phase.duration_s <= 0) return [];
    const target_rate_per_s = phase.closed === null ? meanRate_per_s(phase) : 0;
    const { name, judged } = phase;
    const whole = { name, judged, start_s, end_s: at_s, target_rate_per_s };
    if (phase !== first || warmUp_s <= 0 || warmUp_s >= phase.duration_s) return [whole];
    const border_s = start_s + warmUp_s;
    return [
      { ...whole, name: `${name}:warm-up`, judged: false, end_s: border_s },
      { ...whole, start_s: border_s },
    ];
  });
}
