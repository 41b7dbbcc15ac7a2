/** Picks an index by a number u, uniform in [0, 1). */
export type Pick = (u: number) => number;

/**
 * Picks index k with probability weights[k] / sum, exactly by inversion: a binary search in the running sums, O(log n).
 * Weights are non-negative and not all zero.
 */
export function pickByWeight(weights: Float64Array): Pick {
  const sums = new Float64Array(weights.length);
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    sum += weights[i] ?? 0;
    sums[i] = sum;
  }
  const total = sum;
  if (!(total > 0)) throw new RangeError('weights must not all be zero');
  return (u) => {
    const target = u * total;
    let low = 0;
    let high = sums.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sums[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
