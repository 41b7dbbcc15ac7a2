import { exp } from '../../random/portable-math.ts';
import { seedState } from '../../random/xoshiro128.ts';
import { EXPONENTIAL_ZIGGURAT, LAYERS, NORMAL_ZIGGURAT } from './ziggurat.ts';

const { edges: EXPONENTIAL_EDGES, densities: EXPONENTIAL_DENSITIES, tail: EXPONENTIAL_TAIL } = EXPONENTIAL_ZIGGURAT;
const { edges: NORMAL_EDGES, densities: NORMAL_DENSITIES, tail: NORMAL_TAIL } = NORMAL_ZIGGURAT;

/**
 * A stream of pseudo-random draws for the simulator's inner loop: xoshiro128** as in `model/random`, its state in small
 * integers and nothing allocated by a draw. The same seed and name give the same draws on every platform, and other
 * names others, so that one draw more here moves nothing there. Draws have 53 bits: 32 would save a nanosecond or two,
 * and put the far ranks of a large key space out of reach.
 */
export class Stream {
  #s0: number;
  #s1: number;
  #s2: number;
  #s3: number;

  /** RangeError for a seed that is no integer of at most 2^53. */
  constructor(seed: number, name: string) {
    const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = seedState(seed, name);
    // Signed, because V8 keeps unsigned words beyond 2^31 as boxed doubles.
    this.#s0 = s0 | 0;
    this.#s1 = s1 | 0;
    this.#s2 = s2 | 0;
    this.#s3 = s3 | 0;
  }

  /** 32 uniform bits, as a signed integer. */
  bits(): number {
    const s1 = this.#s1;
    const scrambled = Math.imul(s1, 5);
    const t2 = this.#s2 ^ this.#s0;
    const t3 = this.#s3 ^ s1;
    this.#s1 = s1 ^ t2;
    this.#s0 ^= t3;
    this.#s2 = t2 ^ (s1 << 9);
    this.#s3 = (t3 << 11) | (t3 >>> 21);
    return Math.imul((scrambled << 7) | (scrambled >>> 25), 9);
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    const high = this.bits();
    return fraction(high, this.bits());
  }

  /** A whole number, uniform in 0 .. n - 1. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Exponential with mean 1, by the ziggurat: nearly always two words, a product and a comparison. */
  exponential(): number {
    const high = this.bits();
    const low = this.bits();
    const layer = low & (LAYERS - 1);
    const x = fraction(high, low) * (EXPONENTIAL_EDGES[layer] ?? 0);
    return x < (EXPONENTIAL_EDGES[layer + 1] ?? 0) ? x : this.#exponentialAtEdge(layer, x);
  }

  /** Normal with mean 0 and standard deviation 1, by the ziggurat. */
  normal(): number {
    const high = this.bits();
    const low = this.bits();
    const layer = low & (LAYERS - 1);
    const x = fraction(high, low) * (NORMAL_EDGES[layer] ?? 0);
    const size = x < (NORMAL_EDGES[layer + 1] ?? 0) ? x : this.#normalAtEdge(layer, x);
    return (low & LAYERS) === 0 ? size : -size;
  }

  #exponentialAtEdge(layer: number, x: number): number {
    // What is beyond any point is again exponential.
    if (layer === 0) return EXPONENTIAL_TAIL + this.exponential();
    return this.#heightIn(EXPONENTIAL_DENSITIES, layer) < exp(-x) ? x : this.exponential();
  }

  #normalAtEdge(layer: number, x: number): number {
    if (layer === 0) return NORMAL_TAIL + this.#beyondNormalTail();
    return this.#heightIn(NORMAL_DENSITIES, layer) < exp((-x * x) / 2) ? x : Math.abs(this.normal());
  }

  /** Rejection from an exponential. G. Marsaglia, Generating a Variable from the Tail of the Normal Distribution, 1964. */
  #beyondNormalTail(): number {
    for (;;) {
      const x = this.exponential() / NORMAL_TAIL;
      if (2 * this.exponential() > x * x) return x;
    }
  }

  #heightIn(densities: Float64Array, layer: number): number {
    const floor = densities[layer] ?? 0;
    return floor + this.uniform() * ((densities[layer + 1] ?? 0) - floor);
  }
}

/** 53 bits in [0, 1) from two words. The lowest 11 bits of the second go unused, and choose layer and sign. */
function fraction(high: number, low: number): number {
  return ((high >>> 0) * 2_097_152 + (low >>> 11)) / 9_007_199_254_740_992;
}
