import { calibrationPath, readKeptCalibration } from '../harness/calibration-store.ts';
import type { Calibration } from '../model/calibration/calibration.ts';
import type { PredictionRow } from '../model/calibration/compare.ts';
import { predictRun } from '../model/calibration/predict-run.ts';
import type { PredictedRun } from '../model/calibration/predict-run.ts';
import { readCalibrationJson } from '../reports/calibration-json.ts';
import { UsageError } from '../api/usage-error.ts';

/** The kept calibration of one step of a plan; null when there is none. @throws UsageError when the file is damaged. */
export function keptCalibration(plan: string, step: number): Promise<Calibration | null> {
  return calibrationIn(calibrationPath(plan, step));
}

/** The calibration in a file; null when there is no such file. @throws UsageError when it is none. */
export async function calibrationIn(path: string): Promise<Calibration | null> {
  const text = await readKeptCalibration(path);
  if (text === null) return null;
  const read = readCalibrationJson(text);
  if ('problem' in read) throw new UsageError(`${path} cannot be read as a calibration: ${read.problem}`, read.help);
  return read;
}

/**
 * What the kept calibration of a run's plan and step foretold of it, beside what was measured; nothing where there is none, or
 * where it says nothing about such a run. @throws UsageError when the file is damaged.
 */
export async function predictionsOf(run: Omit<PredictedRun, 'calibration'>): Promise<PredictionRow[]> {
  const calibration = await keptCalibration(run.plan.name, run.observation.what.step);
  return calibration ? predictRun({ ...run, calibration }) : [];
}
