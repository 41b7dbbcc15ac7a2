import type { Random } from '../../random/random.ts';

/**
 * For tests: a stationary first-order autoregressive series about `mean`, x' = mean + phi (x - mean) + noise of deviation
 * about 1 (the sum of twelve uniforms), begun in its steady state.
 */
export function autoregressive(mean: number, phi: number, length: number, random: Random): number[] {
  const noise = (): number => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, u) => sum + u, -6);
  let value = mean + noise() / Math.sqrt(1 - phi * phi);
  return Array.from({ length }, () => {
    const before = value;
    value = mean + phi * (value - mean) + noise();
    return before;
  });
}
