import type { Calibration, TierCores } from './calibration.ts';
import { DemandCurves } from './demand-curves.ts';
import { congestion_s, timeOn } from './response-curve.ts';
import { fitClass, fitWhole } from './response-fits.ts';

/** What a calibrated machine should show under a load. Times are null where the model does not reach. */
export interface Prediction {
  readonly rate_per_s: number;
  /** What is asked, or what saturates the machine. */
  readonly throughput_per_s: number;
  readonly tiers: readonly TierCores[];
  readonly generator_cores: number;
  /** Cores that stack and generator use, over cores there are; 1 at most. */
  readonly utilisation: number;
  readonly mean_s: number | null;
  readonly p95_s: number | null;
  readonly classes: readonly { readonly class: string; readonly mean_s: number; readonly p95_s: number }[];
}

export interface Predictor {
  /** RangeError for a negative rate. */
  predict(mix: ReadonlyMap<string, number>, rate_per_s: number): Prediction;
  /** The rate of a mix at which the scarcest resource is used to a share. */
  rateAt(mix: ReadonlyMap<string, number>, utilisation: number): number;
}

/** Beyond this no times are told: a small error in demand is a large one in them by then. */
export const UTILISATION_MAX = 0.85;
/** Doubles to a rate that no machine carries, and then halves the gap to the whole precision of a number. */
const DOUBLINGS = 40;
const BISECTIONS = 60;

/**
 * Foretells what a machine shows under load, from what was measured on it: usage by the utilisation law, with demands that fall as
 * load grows (`DemandCurves`); response times by processor sharing, base + factor × congestion, fitted to the calibration's sweep.
 * Another mix takes longer or shorter in proportion to its classes. `mix` is what the sweep was driven with, the plan's own. Where
 * fewer than two rates of the sweep left the machine below saturation, no times are told at all.
 */
export function predictorOf(calibration: Calibration, mix: ReadonlyMap<string, number>): Predictor {
  const demands = new DemandCurves(calibration, mix);
  const whole = fitWhole(calibration);
  const fits = new Map(
    calibration.classes.map((each) => [each.class, whole && fitClass(calibration, each.class, whole)]),
  );
  const rateAt: Predictor['rateAt'] = (of, utilisation) => {
    let [low, high] = [0, 1];
    for (let n = 0; n < DOUBLINGS && demands.usage(of, high).busiest < utilisation; n++) [low, high] = [high, high * 2];
    for (let n = 0; n < BISECTIONS; n++) {
      const middle = (low + high) / 2;
      if (demands.usage(of, middle).busiest < utilisation) low = middle;
      else high = middle;
    }
    return low;
  };
  const predict: Predictor['predict'] = (of, rate_per_s) => {
    if (!(rate_per_s >= 0)) throw new RangeError(`a rate is 0 or more, not ${rate_per_s}`);
    const asked = demands.usage(of, rate_per_s);
    const throughput_per_s = asked.busiest < 1 ? rate_per_s : rateAt(of, 1);
    const { tiers, generator_cores, machine } = demands.usage(of, throughput_per_s);
    const usage = { rate_per_s, throughput_per_s, tiers, generator_cores, utilisation: Math.min(1, machine) };
    if (!whole || asked.busiest > UTILISATION_MAX) return { ...usage, mean_s: null, p95_s: null, classes: [] };
    const waiting = congestion_s(asked.work_s, asked.busiest, calibration.cores);
    const classes = [...fits].flatMap(([name, fit]) => {
      return fit ? [{ class: name, mean_s: timeOn(fit.mean, waiting), p95_s: timeOn(fit.p95, waiting) }] : [];
    });
    const meanOf = (shares: ReadonlyMap<string, number>): number =>
      classes.reduce((sum, each) => sum + (shares.get(each.class) ?? 0) * each.mean_s, 0);
    const ratio = meanOf(of) / meanOf(mix);
    return {
      ...usage,
      mean_s: timeOn(whole.mean, waiting) * ratio,
      p95_s: timeOn(whole.p95, waiting) * ratio,
      classes: classes.filter((each) => (of.get(each.class) ?? 0) > 0),
    };
  };
  return { predict, rateAt };
}
