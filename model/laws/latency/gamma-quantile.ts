import { positive } from '../argument/argument.ts';
import { exp, ln } from '../../random/portable-math.ts';
import { normalQuantile } from '../../uncertainty/normal-quantile.ts';

const HALF_LN_2PI = 0.9189385332046727;
const STEPS_MAX = 100;

/**
 * Quantile of the gamma distribution with `shape` (1 or more) and scale 1, for p between 0 and 1, both excluded.
 * Newton's method on the regularised incomplete gamma function, from the approximation of Wilson and Hilferty (PNAS 17
 * (1931) 684-688), kept within a bracket.
 */
export function gammaQuantile(shape: number, p: number): number {
  if (!(positive('shape', shape) >= 1)) throw new RangeError(`shape is at least 1 here, not ${shape}`);
  const cube = 1 - 1 / (9 * shape) + normalQuantile(p) / (3 * Math.sqrt(shape));
  let x = cube > 0 ? shape * cube * cube * cube : shape / 2;
  let [low, high] = [0, Infinity];
  for (let i = 0; i < STEPS_MAX; i++) {
    const { below, density } = gammaAt(shape, x);
    if (below < p) low = x;
    else high = x;
    const newton = x + (p - below) / density;
    const next = newton > low && newton < high ? newton : between(low, high);
    if (Math.abs(next - x) <= 1e-13 * x) return next;
    x = next;
  }
  return x;
}

function between(low: number, high: number): number {
  return high < Infinity ? (low + high) / 2 : low * 2;
}

/**
 * Density at x, x^(k-1) e^-x / Γ(k), and the probability below it: density × x/k × (1 + x/(k+1) + x²/((k+1)(k+2)) + …)
 * (DLMF 8.11.4), whose terms are all positive.
 */
function gammaAt(shape: number, x: number): { readonly below: number; readonly density: number } {
  const exponent = (shape - 1) * ln(x) - x - lnGamma(shape);
  const density = exponent > -700 ? exp(exponent) : 0;
  let term = x / shape;
  let sum = 0;
  for (let i = 1; term > sum * 1e-17; i++) {
    sum += term;
    term *= x / (shape + i);
  }
  return { below: density * sum, density };
}

/** ln Γ(x) by Stirling's series, after shifting x above 10, where five terms give 13 digits (DLMF 5.11.1). */
function lnGamma(x: number): number {
  let product = 1;
  let z = x;
  for (; z < 10; z++) product *= z;
  const i2 = 1 / (z * z);
  const series = (1 / 12 - i2 * (1 / 360 - i2 * (1 / 1260 - i2 * (1 / 1680 - i2 / 1188)))) / z;
  return (z - 0.5) * ln(z) - z + HALF_LN_2PI + series - ln(product);
}
