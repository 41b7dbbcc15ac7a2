import { ELSEWHERE } from '../model/simulator/build/elsewhere.ts';

/** What is no tier of the plan has, in the simulator, a name that no tier can have. */
export function tierName(tier: string): string {
  return tier === ELSEWHERE ? 'elsewhere' : tier;
}
