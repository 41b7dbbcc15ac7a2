/** What rows and requests are placed by: a name, or a number such as a user's id. */
export type Key = string | number;

const ENCODER = new TextEncoder();

/**
 * Hash of a key, 32 bits, the same on every platform: a string by MurmurHash3 over its UTF-8 bytes, a whole number from
 * 0 to 2^53 by the finaliser of the same. (The string '7' and the number 7 are different keys.)
 * RangeError for other numbers.
 */
export function hashKey(key: Key): number {
  return typeof key === 'string' ? murmur3(ENCODER.encode(key)) : hashInteger(key);
}

/** MurmurHash3, the variant x86_32. A. Appleby, SMHasher, 2011, public domain. */
export function murmur3(bytes: Uint8Array, seed: number = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tail = bytes.length - (bytes.length % 4);
  let hash = seed;
  for (let i = 0; i < tail; i += 4) {
    hash = rotateLeft(hash ^ scramble(view.getUint32(i, true)), 13);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= tail; i--) rest = (rest << 8) | view.getUint8(i);
  return finalise(hash ^ scramble(rest) ^ bytes.length);
}

function hashInteger(key: number): number {
  if (!Number.isSafeInteger(key) || key < 0)
    throw new RangeError(`a number that is a key is whole and not negative, not ${key}`);
  const high = Math.floor(key / 4_294_967_296);
  return finalise((key >>> 0) ^ finalise(high));
}

function scramble(word: number): number {
  return Math.imul(rotateLeft(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
}

function rotateLeft(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** Spreads every bit of a word over all 32; a bijection, so that different words stay different. */
function finalise(word: number): number {
  let hash = word;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
