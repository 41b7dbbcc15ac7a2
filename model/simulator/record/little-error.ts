/**
 * How far a station is from Little's law, L = λ W, each measured on its own: (L - λ W) / L; 0 when nobody was ever inside.
 * Only visits that cross the window's edges keep it from 0, so it shrinks with the length of the window.
 * Literature: J. D. C. Little, Operations Research 9 (1961) 383-387.
 */
export function littleError(inside: number, throughput_per_s: number, residence_s: number): number {
  return inside === 0 ? 0 : (inside - throughput_per_s * residence_s) / inside;
}
