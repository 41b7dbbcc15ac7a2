import { CALIBRATION_FORMAT_VERSION } from '../../model/calibration/calibration.ts';
import type { Calibration, ClassCalibration } from '../../model/calibration/calibration.ts';
import { mixCost_s, planMix } from '../../model/calibration/mix-demand.ts';
import { RunError } from '../run-error.ts';
import { CalibrationMeter } from './calibration-meter.ts';
import type { CalibrationRequest } from './calibration-meter.ts';
import { WARM_UP_PER_S } from './effort.ts';

/**
 * Measures what a step asks of this machine: the tiers' own unrest, each request class alone at light load, then the plan's
 * mix at growing load.
 * @throws RunError when a class cannot be measured, a process dies, or the signal aborts; EngineError from the engine.
 */
export async function calibrate(request: CalibrationRequest): Promise<Calibration> {
  const { plan, stack, effort, environment } = request;
  const begun_ms = Date.now();
  const meter = new CalibrationMeter(request);
  const mix = planMix(plan);
  if (mix.size === 0) throw new RunError(`plan \`${plan.name}\` has no requests to calibrate with`);
  await meter.windows('warming up', mix, WARM_UP_PER_S, { settle_s: effort.warmUp_s, window_s: 1, windows: 1 });
  const background = await meter.idle();
  const classes: ClassCalibration[] = [];
  for (const name of mix.keys()) classes.push(await meter.classAlone(name, background));
  const sweep = await meter.sweep(mix, mixCost_s(mix, classes));
  return {
    formatVersion: CALIBRATION_FORMAT_VERSION,
    kind: 'calibration',
    plan: plan.name,
    step: stack.step,
    startedAt: new Date(begun_ms).toISOString(),
    took_s: (Date.now() - begun_ms) / 1000,
    environment,
    cores: meter.cores,
    tiers: meter.tiers,
    background,
    classes,
    sweep,
    quiet: meter.quietness(),
  };
}
