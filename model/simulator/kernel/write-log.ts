const SLOTS = 1 << 20;
const MASK = SLOTS - 1;
const RECENT = 1 << 16;

/**
 * When keys were last written on a primary, and when its latest writes were. Both forget: a key whose place in a table of a million
 * is taken by another key written later, and all but the latest 65,536 writes. Room is taken at the first write.
 */
export class WriteLog {
  #keys = new Int32Array(0);
  #times_s = new Float64Array(0);
  #recent_s = new Float64Array(0);
  #writes = 0;

  /** A write is acknowledged; a key of -1 is none. */
  record(key: number, now_s: number): void {
    if (this.#recent_s.length === 0) this.#open();
    this.#recent_s[this.#writes++ % RECENT] = now_s;
    if (key < 0) return;
    const slot = placeOf(key);
    this.#keys[slot] = key;
    this.#times_s[slot] = now_s;
  }

  /** When the key was last written; -Infinity for never. */
  lastWrite_s(key: number): number {
    if (key < 0 || this.#recent_s.length === 0) return -Infinity;
    const slot = placeOf(key);
    return this.#keys[slot] === key ? (this.#times_s[slot] ?? -Infinity) : -Infinity;
  }

  /** Writes after `since_s`, at most 65,536. */
  writesAfter(since_s: number): number {
    let count = 0;
    while (count < Math.min(this.#writes, RECENT)) {
      if ((this.#recent_s[(this.#writes - 1 - count) % RECENT] ?? 0) <= since_s) break;
      count++;
    }
    return count;
  }

  #open(): void {
    this.#keys = new Int32Array(SLOTS).fill(-1);
    this.#times_s = new Float64Array(SLOTS);
    this.#recent_s = new Float64Array(RECENT);
  }
}

/** Fibonacci hashing: the upper bits of the key times 2^32 / φ (Knuth, The Art of Computer Programming, vol. 3, 6.4). */
function placeOf(key: number): number {
  return (Math.imul(key, 0x9e3779b1) >>> 12) & MASK;
}
