import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { codeOfNumber, CODES } from './code.ts';
import { placementOf, SHARDINGS, type Sharding } from './placement.ts';

const CODES_EACH = 2_000;
const someCodes = (first: number) =>
  Array.from({ length: CODES_EACH }, (_, n) => codeOfNumber((first + n * 54_321_987_653) % CODES));
const start = fc.integer({ min: 0, max: CODES - 1 });

/** The share of codes that are elsewhere once there is a shard more, and where they went. */
function moved(sharding: Sharding, shards: number, codes: readonly string[]): { share: number; to: Set<number> } {
  const [before, after] = [placementOf(sharding, shards), placementOf(sharding, shards + 1)];
  const gone = codes.filter((code) => before(code) !== after(code));
  return { share: gone.length / codes.length, to: new Set(gone.map(after)) };
}

test('consistent hashing: a shard more takes its share, from all others, and nothing else moves', () => {
  const property = fc.property(start, fc.integer({ min: 1, max: 12 }), (first, shards) => {
    const { share, to } = moved('consistent-hash', shards, someCodes(first));
    expect([...to]).toEqual([shards]);
    expect(Math.abs(share - 1 / (shards + 1))).toBeLessThan(0.05);
  });
  fc.assert(property, { numRuns: 30 });
});

test('modulo: a shard more moves all but one in N + 1', () => {
  const property = fc.property(start, fc.integer({ min: 1, max: 12 }), (first, shards) => {
    const { share } = moved('modulo', shards, someCodes(first));
    expect(Math.abs(share - shards / (shards + 1))).toBeLessThan(0.05);
  });
  fc.assert(property, { numRuns: 30 });
});

test.for(SHARDINGS)('%s: four shards carry about a quarter each, and places are the same on every call', (sharding) => {
  const codes = someCodes(12_345);
  const placement = placementOf(sharding, 4);
  const carried = [0, 0, 0, 0];
  for (const code of codes) carried[placement(code)] = (carried[placement(code)] ?? 0) + 1;
  for (const count of carried) expect(Math.abs(count / codes.length - 1 / 4)).toBeLessThan(0.04);
  expect(codes.map(placementOf(sharding, 4))).toEqual(codes.map(placement));
});

test('places stay what they are: data lies where these say', () => {
  const codes = ['aB7x3K', 'xY9zK2', 'pQ8mN1', 'an-alias', '00000000', 'zzzzzzzz'];
  expect(codes.map(placementOf('consistent-hash', 4))).toEqual([2, 2, 3, 0, 3, 3]);
  expect(codes.map(placementOf('modulo', 4))).toEqual([1, 3, 1, 3, 1, 2]);
});

test('one shard has everything', () => {
  expect(SHARDINGS.map((sharding) => placementOf(sharding, 1)('aB7x3K'))).toEqual([0, 0]);
});
