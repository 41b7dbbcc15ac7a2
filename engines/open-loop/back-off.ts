const FIRST_MS = 10;
const HIGHEST_MS = 1000;

/**
 * How long a connection rests after its `failures`-th failure in a row: not at all after the first, then 10 ms doubling
 * up to 1 s, spread over 50 to 100 % by `u` (uniform in [0, 1)) so that connections do not come back in step.
 */
export function backOff_ms(failures: number, u: number): number {
  if (failures <= 1) return 0;
  return Math.min(FIRST_MS * 2 ** (failures - 2), HIGHEST_MS) * (0.5 + u / 2);
}
