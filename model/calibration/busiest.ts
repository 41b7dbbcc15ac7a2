import type { Calibration, TierCores } from './calibration.ts';

/** Kinds of which one instance is one thread that does all the work, and so never uses more than a core. */
const SINGLE_THREADED = ['nginx', 'express', 'redis', 'worker'];

/**
 * Utilisation of what is scarcest, from 0 to 1: the machine's cores, which all share, or the one core that each instance of a
 * single-threaded tier can use at most.
 */
export function busiest(
  tiers: readonly TierCores[],
  generator_cores: number,
  { cores, tiers: started }: Pick<Calibration, 'cores' | 'tiers'>,
): number {
  const used = tiers.reduce((sum, each) => sum + each.cores, generator_cores);
  const ofTiers = tiers.map((each) => {
    const { kind = '', instances = 1 } = started.find(({ tier }) => tier === each.tier) ?? {};
    return SINGLE_THREADED.includes(kind) ? each.cores / instances : 0;
  });
  return Math.max(used / cores, ...ofTiers);
}
