import { assert, integer, property, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';
import { hashKey, murmur3 } from './hash.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

// Published test vectors of MurmurHash3_x86_32.
test.each([
  ['', 0, 0],
  ['', 1, 0x514e28b7],
  ['', 0xffffffff, 0x81f16f39],
  ['a', 0x9747b28c, 0x7fa09ea6],
  ['aa', 0x9747b28c, 0x5d211726],
  ['aaa', 0x9747b28c, 0x283e0130],
  ['aaaa', 0x9747b28c, 0x5a97808a],
  ['abc', 0, 0xb3dd93fa],
  ['Hello, world!', 0x9747b28c, 0x24884cba],
  ['The quick brown fox jumps over the lazy dog', 0x9747b28c, 0x2fa826cd],
])('murmur3 of %j with seed %i', (text, seed, expected) => {
  expect(murmur3(bytes(text), seed)).toBe(expected);
});

test('a string is hashed as UTF-8, wherever its bytes lie in memory', () => {
  expect(hashKey('Größe')).toBe(murmur3(Uint8Array.from([71, 114, 195, 182, 195, 159, 101])));
  expect(murmur3(bytes('xxabc').subarray(2))).toBe(hashKey('abc'));
});

test('whole numbers up to 2^32 never collide, and the upper half counts', () => {
  assert(
    property(uniqueArray(integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: 2, maxLength: 200 }), (keys) => {
      expect(new Set(keys.map(hashKey)).size).toBe(keys.length);
    }),
  );
  expect(hashKey(7)).not.toBe(hashKey(7 + 2 ** 32));
  // fmix32(1), the finaliser of MurmurHash3.
  expect(hashKey(1)).toBe(0x514e28b7);
});

test('one bit of a key moves half of the hash on average', () => {
  let flipped = 0;
  for (let key = 0; key < 1000; key++)
    for (let bit = 0; bit < 32; bit++) {
      for (let difference = hashKey(key) ^ hashKey((key ^ (1 << bit)) >>> 0); difference !== 0; flipped++)
        difference &= difference - 1;
    }
  expect(Math.abs(flipped / 32_000 - 16)).toBeLessThan(0.1);
});

test.each([-1, 0.5, NaN, 2 ** 53])('refuses %d as a key', (key) => {
  expect(() => hashKey(key)).toThrow(RangeError);
});
