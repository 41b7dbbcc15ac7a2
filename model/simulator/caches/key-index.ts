const BITS_MIN = 10;
/** 2^32 over the golden ratio: neighbouring keys land far apart (Knuth, TAOCP 3, section 6.4). */
const GOLDEN = 0x9e3779b1;

/**
 * A map from keys to slots, both integers below 2^31, slots above 0. Open addressing with linear probing, at most half
 * full; a deletion moves later entries up, so that no tombstones are left.
 */
export class KeyIndex {
  /** Key and slot side by side; a place whose slot is 0 is free. */
  #places = new Int32Array(2 << BITS_MIN);
  #mask = (1 << BITS_MIN) - 1;
  /** What a hash is shifted by to be a place. */
  #shift = 32 - BITS_MIN;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The slot of a key, 0 when it has none. */
  get(key: number): number {
    return this.#places[2 * this.#placeOf(key) + 1] ?? 0;
  }

  set(key: number, slot: number): void {
    const place = this.#placeOf(key);
    if (this.#places[2 * place + 1] === 0) this.#size++;
    this.#places[2 * place] = key;
    this.#places[2 * place + 1] = slot;
    if (2 * this.#size > this.#mask) this.#grow();
  }

  /** Does nothing when the key has no slot. */
  delete(key: number): void {
    const places = this.#places;
    let gap = this.#placeOf(key);
    if (places[2 * gap + 1] === 0) return;
    this.#size--;
    let place = gap;
    for (;;) {
      place = (place + 1) & this.#mask;
      const slot = places[2 * place + 1] ?? 0;
      if (slot === 0) break;
      const moved = places[2 * place] ?? 0;
      // An entry may move up to the gap unless that lies before the place where its search begins.
      if (((place - this.#homeOf(moved)) & this.#mask) < ((place - gap) & this.#mask)) continue;
      places[2 * gap] = moved;
      places[2 * gap + 1] = slot;
      gap = place;
    }
    places[2 * gap + 1] = 0;
  }

  clear(): void {
    this.#places.fill(0);
    this.#size = 0;
  }

  /** The place where a key is, or the free one where it would go. */
  #placeOf(key: number): number {
    const places = this.#places;
    let place = this.#homeOf(key);
    while (places[2 * place + 1] !== 0 && places[2 * place] !== key) place = (place + 1) & this.#mask;
    return place;
  }

  #homeOf(key: number): number {
    return Math.imul(key, GOLDEN) >>> this.#shift;
  }

  #grow(): void {
    const old = this.#places;
    this.#places = new Int32Array(2 * old.length);
    this.#mask = old.length - 1;
    this.#shift--;
    this.#size = 0;
    for (let i = 0; i < old.length; i += 2) if (old[i + 1] !== 0) this.set(old[i] ?? 0, old[i + 1] ?? 0);
  }
}
