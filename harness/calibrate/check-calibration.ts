import { FOREIGN_SHARE_MAX } from '../../model/calibration/calibration.ts';
import type { Calibration, Quietness } from '../../model/calibration/calibration.ts';
import { comparePrediction } from '../../model/calibration/compare.ts';
import type { PredictionRow } from '../../model/calibration/compare.ts';
import { median } from '../../model/calibration/estimate.ts';
import { foreignCores, medianTimes } from '../../model/calibration/load-window.ts';
import { medianLoad } from '../../model/calibration/measured-load.ts';
import { planMix } from '../../model/calibration/mix-demand.ts';
import { predictorOf } from '../../model/calibration/predict.ts';
import { buildWorkload } from '../build-workload.ts';
import type { CalibrationRequest } from './calibration-meter.ts';
import { NO_SCENARIO, driveWindows } from './drive-windows.ts';
import { WARM_UP_PER_S } from './effort.ts';
import type { WindowPlan } from './effort.ts';

export interface CheckRequest extends Omit<CalibrationRequest, 'effort' | 'environment'> {
  readonly calibration: Calibration;
  /** Shares of the machine that are driven for. */
  readonly utilisations: readonly number[];
  readonly windows: WindowPlan;
  /** As of a calibration. */
  readonly warmUp_s: number;
}

export interface CalibrationCheck {
  readonly rows: readonly PredictionRow[];
  readonly quiet: Quietness;
}

/** Added to the seed, so that other requests are sent than those that were calibrated with. */
const OTHER_SEED = 1000;

/**
 * Holds a calibration against new loads: for each utilisation the rate that should bring it about is driven with the plan's mix,
 * and all that was foretold is held against what is seen.
 * @throws RunError when requests fail or the signal aborts; EngineError from the engine.
 */
export async function checkCalibration(request: CheckRequest): Promise<CalibrationCheck> {
  const {
    calibration,
    plan,
    stack,
    engine,
    utilisations,
    windows: window,
    warmUp_s,
    seed,
    signal,
    onProgress,
  } = request;
  const mix = planMix(plan);
  const predictor = predictorOf(calibration, mix);
  const workload = await buildWorkload(plan, { ...NO_SCENARIO, mix }, stack.feeds_dir);
  onProgress?.('warming up', 0);
  const warmUp = { settle_s: warmUp_s, window_s: 1, windows: 1 };
  await driveWindows({ stack, engine, workload, rate_per_s: WARM_UP_PER_S, ...warmUp, seed, signal });
  const rows: PredictionRow[] = [];
  const foreign: number[] = [];
  for (const [index, utilisation] of utilisations.entries()) {
    const rate_per_s = predictor.rateAt(mix, utilisation);
    onProgress?.(`the mix at ${Math.round(rate_per_s)} req/s`, index / utilisations.length);
    const asked = { stack, engine, workload, rate_per_s, ...window, seed: seed + OTHER_SEED + index, signal };
    const { windows, responses } = await driveWindows(asked);
    foreign.push(...windows.map(foreignCores));
    const where = { scenario: 'calibration', step: stack.step, phase: `${Math.round(rate_per_s)} req/s` };
    const measured = medianLoad(windows, medianTimes(responses), calibration.cores);
    rows.push(...comparePrediction(where, predictor.predict(mix, rate_per_s), measured, calibration.cores));
  }
  const foreign_cores = median(foreign);
  const ok = foreign_cores <= FOREIGN_SHARE_MAX * calibration.cores;
  return { rows, quiet: { foreign_cores, foreign_cores_max: Math.max(...foreign), ok } };
}
