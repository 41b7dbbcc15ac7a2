import type { Observation } from '../../model/observation/observation.ts';
import { formatNumber } from '../../model/units/format.ts';
import { linearScale } from '../plot-axis.ts';
import type { PlotScale } from '../plot-axis.ts';
import type { PlotAxis, PlotSpan } from './plot.ts';

/** Length of the schedule in s, as far as it was seen. */
export function scenarioDuration({ phases, intervals, interval_s = 1 }: Observation): number {
  const last = intervals.at(-1);
  return Math.max(0, ...phases.map(({ end_s }) => end_s), last ? last.start_s + interval_s : 0);
}

/** The x axis of everything that is drawn over the time of a run. */
export function timeAxis(observation: Observation): PlotAxis {
  const duration_s = scenarioDuration(observation);
  return { label: 'time since the start of the schedule', scale: timeScale(duration_s), format: timeText };
}

const TICKS_MAX = 7;
const STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

/** Ticks at times that clocks have. */
function timeScale(duration_s: number): PlotScale {
  const high = duration_s > 0 ? duration_s : 1;
  const step = STEPS_S.find((each) => high / each <= TICKS_MAX);
  if (step === undefined) return linearScale(0, high, TICKS_MAX);
  const ticks = Array.from({ length: Math.floor(high / step + 1e-9) + 1 }, (_, index) => index * step);
  return { low: 0, high, at: (value) => value / high, ticks };
}

/** `45 s`, `2:30`, `1:02:00`. */
export function timeText(at_s: number): string {
  if (at_s < 60) return `${formatNumber(at_s, 3)} s`;
  const whole = Math.round(at_s);
  const [hours, minutes, seconds] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds)}` : `${minutes}:${two(seconds)}`;
}

/** Phases, and on top of them the times in which something was broken on purpose. */
export function spansOf(observation: Observation): PlotSpan[] {
  const { phases, faults = [] } = observation;
  const end_s = scenarioDuration(observation);
  return [
    ...phases.map(({ name, judged, start_s, end_s: to }): PlotSpan => {
      return { kind: judged ? 'phase' : 'unjudged', label: name, from: start_s, to };
    }),
    ...faults.map(({ fault, tier, injected_at_s, healed_at_s }): PlotSpan => {
      return { kind: 'fault', label: `${fault}: ${tier}`, from: injected_at_s, to: healed_at_s ?? end_s };
    }),
  ];
}
