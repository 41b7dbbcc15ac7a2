/** Another order of the same arithmetic changes the last bits; nobody means those. */
const NOISE = 1e-9;

/** True for two values that differ by rounding alone. */
export function isSame(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= NOISE * Math.max(Math.abs(a), Math.abs(b));
}
