import { KeyIndex } from './key-index.ts';

const SLOTS_MIN = 1024;

/**
 * Which keys a cache of so many entries holds when the least recently used goes first. Each key it holds has a slot, 1
 * to `capacity`, which owners of further columns index by. Memory grows with what is held, not with the capacity.
 */
export class Recency {
  readonly capacity: number;
  readonly #index = new KeyIndex();
  /** A ring from the most recent to the least recent, by way of slot 0, which is no key's. */
  #next: Int32Array;
  #previous: Int32Array;
  #keys: Int32Array;
  /** Slots up to here were used at some time; those given back form a list by `#next`. */
  #used = 0;
  #free = 0;

  /** RangeError unless the capacity is whole, at least 0 and below 2^31. */
  constructor(capacity: number) {
    if (!(Number.isInteger(capacity) && capacity >= 0 && capacity < 2 ** 31))
      throw new RangeError(`a cache holds a whole number of entries, from 0 and below 2^31, not ${capacity}`);
    this.capacity = capacity;
    const slots = 1 + Math.min(capacity, SLOTS_MIN);
    this.#next = new Int32Array(slots);
    this.#previous = new Int32Array(slots);
    this.#keys = new Int32Array(slots);
  }

  get size(): number {
    return this.#index.size;
  }

  /** Slots there is room for at the moment; columns beside them need as many, and one for slot 0. */
  get slots(): number {
    return this.#keys.length;
  }

  /** The slot of a key, 0 when it is not held. */
  find(key: number): number {
    return this.#index.get(key);
  }

  /** Makes a slot's key the most recent one. */
  touch(slot: number): void {
    if (this.#next[0] === slot) return;
    this.#unlink(slot);
    this.#linkFirst(slot);
  }

  /** Takes in a key that is not held, as the most recent one, for the least recent when there is no room. Its slot. */
  add(key: number): number {
    const slot = this.#vacantSlot();
    this.#keys[slot] = key;
    this.#index.set(key, slot);
    this.#linkFirst(slot);
    return slot;
  }

  remove(key: number): void {
    const slot = this.#index.get(key);
    if (slot === 0) return;
    this.#index.delete(key);
    this.#unlink(slot);
    this.#next[slot] = this.#free;
    this.#free = slot;
  }

  clear(): void {
    this.#index.clear();
    this.#next[0] = 0;
    this.#previous[0] = 0;
    this.#used = 0;
    this.#free = 0;
  }

  #vacantSlot(): number {
    if (this.size === this.capacity) {
      const last = this.#previous[0] ?? 0;
      this.#index.delete(this.#keys[last] ?? 0);
      this.#unlink(last);
      return last;
    }
    const slot = this.#free;
    if (slot !== 0) {
      this.#free = this.#next[slot] ?? 0;
      return slot;
    }
    if (++this.#used === this.#keys.length) this.#grow();
    return this.#used;
  }

  #unlink(slot: number): void {
    const next = this.#next[slot] ?? 0;
    const previous = this.#previous[slot] ?? 0;
    this.#next[previous] = next;
    this.#previous[next] = previous;
  }

  #linkFirst(slot: number): void {
    const second = this.#next[0] ?? 0;
    this.#next[slot] = second;
    this.#previous[slot] = 0;
    this.#previous[second] = slot;
    this.#next[0] = slot;
  }

  #grow(): void {
    const slots = Math.min(1 + this.capacity, 2 * this.#keys.length);
    const longer = (column: Int32Array): Int32Array => {
      const result = new Int32Array(slots);
      result.set(column);
      return result;
    };
    this.#next = longer(this.#next);
    this.#previous = longer(this.#previous);
    this.#keys = longer(this.#keys);
  }
}
