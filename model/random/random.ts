import { ln } from './portable-math.ts';
import { nextUint32, seedState } from './xoshiro128.ts';

/** A stream of pseudo-random draws; the same seed and stream name give the same draws on every platform. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** A whole number, uniform in 0 .. n - 1. */
  below(n: number): number;
  /** Exponential with mean 1: the gaps of a Poisson process of rate 1. */
  exponential(): number;
  /** 32 uniform bits. */
  uint32(): number;
}

/**
 * Opens the stream `stream` of `seed` (an integer of at most 2^53). Streams are independent of each other, so that one
 * more draw here moves nothing there: give each purpose its own, e.g. `arrivals`, `feed:products`.
 */
export function createRandom(seed: number, stream: string): Random {
  const state = seedState(seed, stream);
  const uint32 = (): number => nextUint32(state);
  const uniform = (): number => {
    const high = uint32() >>> 5;
    return (high * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  };
  return {
    uint32,
    uniform,
    below: (n) => Math.floor(uniform() * n),
    // By inversion; 1 - u lies in (0, 1], where the logarithm is finite.
    exponential: () => -ln(1 - uniform()),
  };
}
