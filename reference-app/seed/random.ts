/** A seeded source of random numbers, so that a seed always yields the same shop. */
export interface Random {
  /** In [0, 1), 32 bits of it. */
  fraction(): number;
  /** A whole number from 0 to `below` - 1. */
  whole(below: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
}

/**
 * sfc32, the small fast counting generator of C. Doty-Humphrey (PractRand): 128 bits of state, a period of at least 2^32 for
 * every seed. The state is filled from the seed and stirred 15 times, as its author advises.
 */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
  let counter = 1;

  function next(): number {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  }
  for (let n = 0; n < 15; n += 1) next();

  const fraction = () => next() / 2 ** 32;
  const whole = (below: number) => Math.floor(fraction() * below);
  return { fraction, whole, pick: (values) => values[whole(values.length)] ?? values[0] };
}
