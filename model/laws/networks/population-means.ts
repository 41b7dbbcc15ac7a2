/** Means of a closed network at every population n from 0 to N, as index of each array. */
export interface PopulationMeans {
  /** X(n), not falling with n. Infinity where the customers need no time at all. */
  readonly throughput_per_s: Float64Array;
  /** Q_k(n) for each station k. */
  readonly customers: readonly Float64Array[];
}
