/** How long and how often things are looked at. Durations in s. */
export interface Effort {
  /** Load that fills the caches and lets code be compiled, before anything is measured. */
  readonly warmUp_s: number;
  /** Without load: what the tiers do by themselves. */
  readonly idle_s: number;
  /** First look at a class, to know which rate is a light load. */
  readonly pilot_s: number;
  readonly classes: WindowPlan;
  /** Share of the machine that each class alone should take. */
  readonly classUtilisation: number;
  readonly sweep: WindowPlan;
  /** Shares of the machine that the mix should take, rising. */
  readonly sweepUtilisations: readonly number[];
}

export interface WindowPlan {
  readonly settle_s: number;
  readonly window_s: number;
  readonly windows: number;
}

/** Three and a half minutes for ten classes: enough for demands within a tenth of themselves on a quiet machine. */
export const FULL_EFFORT: Effort = {
  warmUp_s: 30,
  idle_s: 3,
  pilot_s: 1.5,
  classes: { settle_s: 1, window_s: 1.6, windows: 3 },
  classUtilisation: 0.25,
  sweep: { settle_s: 2, window_s: 2.5, windows: 3 },
  sweepUtilisations: [0.1, 0.25, 0.4, 0.55, 0.7, 0.85],
};

/**
 * Rate of the warm-up. Thousands of requests an instance: until its code is compiled a request costs Express up to twice as much, and
 * what is measured meanwhile foretells nothing.
 */
export const WARM_UP_PER_S = 600;

/** Loads that a calibration is held against, and how long each is looked at. */
export const CHECK_UTILISATIONS: readonly number[] = [0.2, 0.4, 0.6, 0.8];
export const CHECK_WINDOWS: WindowPlan = { settle_s: 3, window_s: 4, windows: 5 };
