import type { Plan } from '../plan/plan.ts';
import type { Calibration, ClassCalibration } from './calibration.ts';

/** Request classes and their shares in the plan's own mix, which a calibration's sweep is driven with. */
export function planMix({ requests }: Pick<Plan, 'requests'>): Map<string, number> {
  return new Map(requests.flatMap(({ name, share }) => (share > 0 ? [[name, share]] : [])));
}

/** Processor seconds that one request of one class asks of all tiers and the generator, at light load. */
export function classCost_s({ demands, generator_s }: ClassCalibration): number {
  return demands.reduce((sum, { cpu_s }) => sum + cpu_s.value, generator_s.value);
}

/** The same of a mix, each class by its share. Classes that were not measured count as nothing. */
export function mixCost_s(mix: ReadonlyMap<string, number>, classes: readonly ClassCalibration[]): number {
  return classes.reduce((sum, each) => sum + (mix.get(each.class) ?? 0) * classCost_s(each), 0);
}

/**
 * Processor seconds that one request of a mix asks of each tier at light load: D = Σ share × D of the class (Lazowska et al.,
 * Quantitative System Performance, 1984, ch. 3).
 */
export function tierDemands(mix: ReadonlyMap<string, number>, { classes, tiers }: Calibration): Map<string, number> {
  const demandAt = (tier: string): number =>
    classes.reduce((sum, { class: name, demands }) => {
      return sum + (mix.get(name) ?? 0) * (demands.find((each) => each.tier === tier)?.cpu_s.value ?? 0);
    }, 0);
  return new Map(tiers.map(({ tier }) => [tier, demandAt(tier)]));
}

/** Classes of a mix that a calibration has no demands of. */
export function uncalibrated(mix: ReadonlyMap<string, number>, { classes }: Calibration): string[] {
  const known = new Set(classes.map((each) => each.class));
  return [...mix].filter(([name, share]) => share > 0 && !known.has(name)).map(([name]) => name);
}
