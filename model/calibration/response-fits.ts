import { busiest } from './busiest.ts';
import type { Calibration, ResponseTimes, SweepPoint } from './calibration.ts';
import { congestion_s, fitResponse } from './response-curve.ts';
import type { ResponseCurve } from './response-curve.ts';

/** Curves of the mean and of the 95th percentile. */
export interface ResponseFit {
  readonly mean: ResponseCurve;
  readonly p95: ResponseCurve;
}

/** Fewer requests than this at one rate tell nothing of a class. */
const REQUESTS_MIN = 50;
/** A rate at which the machine was busier than this had no settled queue. */
const SETTLED_MAX = 0.95;

/**
 * Fits the mix as a whole. What others used of the machine counts as load, so that a calibration beside them is at least not
 * taken for slow servers. Null when fewer than two rates left the machine below saturation.
 */
export function fitWhole(calibration: Calibration): ResponseFit | null {
  return fit(calibration, ({ response }) => response);
}

/** Fits one class; what was too rare in the mix to tell is taken to wait as the mix does, on top of what it takes alone. */
export function fitClass(calibration: Calibration, name: string, whole: ResponseFit): ResponseFit {
  const fitted = fit(calibration, ({ classes }) => classes.find((each) => each.class === name));
  if (fitted) return fitted;
  const { mean_s = 0, p95_s = 0 } = calibration.classes.find((each) => each.class === name)?.response ?? {};
  return { mean: { ...whole.mean, base_s: mean_s }, p95: { ...whole.p95, base_s: p95_s } };
}

function fit(calibration: Calibration, of: (point: SweepPoint) => ResponseTimes | undefined): ResponseFit | null {
  const points = calibration.sweep.flatMap((point) => {
    const times = of(point);
    const load = loadAt(point, calibration);
    if (!times || times.requests < REQUESTS_MIN || load.utilisation > SETTLED_MAX) return [];
    return [{ ...times, congestion_s: congestion_s(load.work_s, load.utilisation, calibration.cores) }];
  });
  if (points.length < 2) return null;
  return {
    mean: fitResponse(points.map(({ congestion_s: x, mean_s }) => ({ congestion_s: x, time_s: mean_s }))),
    p95: fitResponse(points.map(({ congestion_s: x, p95_s }) => ({ congestion_s: x, time_s: p95_s }))),
  };
}

function loadAt(
  point: SweepPoint,
  calibration: Calibration,
): { readonly utilisation: number; readonly work_s: number } {
  const { tiers, generator_cores, foreign_cores, throughput_per_s } = point;
  const used = tiers.reduce((sum, { cores }) => sum + cores, generator_cores);
  const all = (used + foreign_cores) / calibration.cores;
  return {
    utilisation: Math.max(all, busiest(tiers, generator_cores, calibration)),
    work_s: used / throughput_per_s,
  };
}
