import { fitUsl } from '../laws/scalability/fit-usl.ts';
import type { UslFit } from '../laws/scalability/fit-usl.ts';
import type { Calibration } from './calibration.ts';

/**
 * The Universal Scalability Law through the sweep: throughput by the requests under way at a time, N = X R (Little's law), in
 * multiples of those at the lightest load. Null where the points are too few or too close.
 * Literature: N. J. Gunther, Guerrilla Capacity Planning, 2007, ch. 4-6.
 */
export function scalabilityOf({ sweep }: Calibration): UslFit | null {
  const points = sweep.map(({ throughput_per_s, response }) => ({
    n: throughput_per_s * response.mean_s,
    throughput_per_s,
  }));
  const least = Math.min(...points.map(({ n }) => n));
  if (points.length < 4 || new Set(points.map(({ n }) => n)).size < 3 || !(least > 0)) return null;
  return fitUsl(points.map(({ n, throughput_per_s }) => ({ n: n / least, throughput_per_s })));
}
