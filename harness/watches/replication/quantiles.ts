/** The value that this share of the samples does not exceed: of n in order the ceil(share × n)th. Undefined without samples. */
export function quantile(samples: readonly number[], share: number): number | undefined {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
