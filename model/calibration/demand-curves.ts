import { busiest } from './busiest.ts';
import type { Calibration, TierCores } from './calibration.ts';
import { interpolate } from './interpolate.ts';
import type { Point } from './interpolate.ts';
import { tierDemands } from './mix-demand.ts';

/** What a rate of some mix keeps busy. */
export interface Usage {
  readonly tiers: readonly TierCores[];
  readonly generator_cores: number;
  /** Cores in use over cores there. */
  readonly machine: number;
  /** Of the machine, or of a tier of single threads that is busier. */
  readonly busiest: number;
  /** Processor seconds of one request, the generator's included. */
  readonly work_s: number;
}

/**
 * Demands by the load that they are asked at. A request costs less when there are more of them: what is due at the same time is
 * done together, and who is awake need not be woken. So each tier has a factor on its demand at light load, measured with the
 * plan's mix and interpolated by offered work: that of the mix at light-load demands, in cores. What the generator takes goes by
 * the rate alone.
 */
export class DemandCurves {
  readonly #calibration: Calibration;
  readonly #factors: ReadonlyMap<string, readonly Point[]>;
  readonly #generator: readonly Point[];

  /** `mix` is what the calibration's sweep was driven with. */
  constructor(calibration: Calibration, mix: ReadonlyMap<string, number>) {
    this.#calibration = calibration;
    const demands = tierDemands(mix, calibration);
    const points = calibration.sweep.toSorted((a, b) => a.throughput_per_s - b.throughput_per_s);
    const work_s = total(demands);
    this.#factors = new Map(
      [...demands].map(([tier, demand_s]) => [
        tier,
        points.map(({ throughput_per_s: rate_per_s, tiers }): Point => {
          const used = coresOf(tier, tiers) - coresOf(tier, calibration.background);
          const y = demand_s > 0 ? Math.max(0, used) / (rate_per_s * demand_s) : 1;
          return { x: rate_per_s * work_s, y };
        }),
      ]),
    );
    this.#generator = points.map(({ throughput_per_s: x, generator_cores }) => ({ x, y: generator_cores / x }));
  }

  /** What a rate keeps busy; above 1 it is more than there is. */
  usage(mix: ReadonlyMap<string, number>, rate_per_s: number): Usage {
    const { background, cores } = this.#calibration;
    const demands = tierDemands(mix, this.#calibration);
    const offered_cores = rate_per_s * total(demands);
    const tiers = [...demands].map(([tier, demand_s]): TierCores => {
      const factor = interpolate(this.#factors.get(tier) ?? [], offered_cores);
      return { tier, cores: coresOf(tier, background) + rate_per_s * demand_s * factor };
    });
    const generator_cores = rate_per_s * interpolate(this.#generator, rate_per_s);
    const used = tiers.reduce((sum, each) => sum + each.cores, generator_cores);
    return {
      tiers,
      generator_cores,
      machine: used / cores,
      busiest: busiest(tiers, generator_cores, this.#calibration),
      work_s: rate_per_s > 0 ? used / rate_per_s : 0,
    };
  }
}

function total(demands: ReadonlyMap<string, number>): number {
  return [...demands.values()].reduce((sum, each) => sum + each, 0);
}

function coresOf(tier: string, tiers: readonly TierCores[]): number {
  return tiers.find((each) => each.tier === tier)?.cores ?? 0;
}
