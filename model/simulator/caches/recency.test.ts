import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { expect, test } from 'vitest';
import { Recency } from './recency.ts';

/** The same with a Map, which keeps its keys in the order they were put in. */
class NaiveRecency {
  readonly keys = new Set<number>();
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  use(key: number): void {
    this.keys.delete(key);
    const [oldest = 0] = this.keys;
    if (this.keys.size === this.#capacity) this.keys.delete(oldest);
    this.keys.add(key);
  }
}

function use(recency: Recency, key: number): void {
  const slot = recency.find(key);
  if (slot === 0) recency.add(key);
  else recency.touch(slot);
}

test('holds what a plain LRU holds, each key in a slot of its own', () => {
  const step = tuple(constantFrom('use', 'use', 'use', 'use', 'remove', 'clear'), integer({ min: 0, max: 9 }));
  assert(
    property(integer({ min: 1, max: 6 }), array(step, { maxLength: 100, size: 'max' }), (capacity, steps) => {
      const [recency, naive] = [new Recency(capacity), new NaiveRecency(capacity)];
      for (const [kind, key] of steps) {
        if (kind === 'use') {
          use(recency, key);
          naive.use(key);
        } else if (kind === 'remove') {
          recency.remove(key);
          naive.keys.delete(key);
        } else if (key === 0) {
          recency.clear();
          naive.keys.clear();
        }
        const held = Array.from({ length: 10 }, (_, k) => k).filter((k) => recency.find(k) !== 0);
        expect(held).toEqual([...naive.keys].toSorted());
        expect(recency.size).toBe(naive.keys.size);
        const slots = held.map((k) => recency.find(k));
        expect(new Set(slots).size).toBe(held.length);
        expect(slots.every((slot) => slot <= capacity)).toBe(true);
      }
    }),
  );
});

test('has room for a billion, and takes no more than it needs', () => {
  const recency = new Recency(1_000_000_000);
  for (let key = 0; key < 5000; key++) recency.add(key);
  expect([recency.size, recency.slots]).toEqual([5000, 8200]);
  expect(recency.find(4321)).toBe(4322);
});

test.each([-1, 1.5, NaN, 2 ** 31])('a capacity of %d is refused', (capacity) => {
  expect(() => new Recency(capacity)).toThrow(RangeError);
});
