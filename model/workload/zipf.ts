import { exp, ln } from '../random/portable-math.ts';
import { pickByWeight, type Pick } from './pick.ts';

/**
 * Zipf's law over n ranks: index k (0-based) with probability proportional to 1 / (k + 1)^exponent (Zipf 1949; Breslau
 * et al., INFOCOM 1999, for web requests). An exponent of 0 is uniform. O(n) once, O(log n) a draw, 8 bytes a rank.
 */
export function pickByZipf(n: number, exponent: number): Pick {
  const weights = new Float64Array(n);
  for (let k = 0; k < n; k++) weights[k] = exp(-exponent * ln(k + 1));
  return pickByWeight(weights);
}
