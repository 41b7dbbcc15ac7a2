/** The state of a xoshiro128** generator: four 32-bit words, not all zero. */
export type XoshiroState = Uint32Array;

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/**
 * One step of xoshiro128**: advances the state and returns 32 uniform bits as an unsigned integer. Integer arithmetic
 * only, so the sequence is the same everywhere. Blackman and Vigna, "Scrambled linear pseudorandom number generators",
 * ACM TOMS 47 (2021).
 */
export function nextUint32(state: XoshiroState): number {
  const [s0 = 0, s1 = 0, s2 = 0, s3 = 0] = [state[0], state[1], state[2], state[3]];
  const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
  const t2 = s2 ^ s0;
  const t3 = s3 ^ s1;
  state[1] = s1 ^ t2;
  state[0] = s0 ^ t3;
  state[2] = t2 ^ (s1 << 9);
  state[3] = rotateLeft(t3, 11);
  return result;
}

/**
 * The state for a named stream of a seed. The name and the seed (any integer up to 2^53) are folded with FNV-1a and
 * spread over the four words by the splitmix32 finaliser, so that neighbouring seeds and names share nothing.
 */
export function seedState(seed: number, stream: string): XoshiroState {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`a seed is an integer of at most 2^53, not ${seed}`);
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  let hash = 0x811c9dc5;
  const fold = (value: number): void => {
    hash = Math.imul(hash ^ value, 0x01000193) >>> 0;
  };
  for (const word of [low, high]) for (let shift = 0; shift < 32; shift += 8) fold((word >>> shift) & 0xff);
  for (let i = 0; i < stream.length; i++) fold(stream.charCodeAt(i));
  return Uint32Array.from([low, high, hash, ~hash], (word, i) => splitmix32(hash + word * (2 * i + 1), i + 1));
}

/** Splitmix's finaliser for 32 bits (Steele, Lea and Flood, OOPSLA 2014), `steps` golden-ratio increments on. */
function splitmix32(start: number, steps: number): number {
  let z = (start + Math.imul(0x9e3779b9, steps)) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
