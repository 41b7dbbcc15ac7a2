/**
 * The seed of one replication, from the seed of the whole and the number of the replication (from 0): splitmix's finaliser for 32
 * bits over the seed plus so many golden-ratio increments. It is one-to-one in both, so that replications of one seed never
 * share theirs. Two systems simulated with the same seed see the same arrivals in replications of the same number, which
 * makes their difference easier to see (common random numbers).
 * Literature: Steele, Lea and Flood, OOPSLA 2014; A. M. Law, Simulation Modeling and Analysis, section 11.2.
 */
export function replicationSeed(seed: number, replication: number): number {
  let z = (seed + Math.imul(0x9e3779b9, replication + 1)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
