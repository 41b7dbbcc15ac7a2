/** What counters counted in each phase. */
export class CounterRecord {
  readonly #names: readonly string[];
  readonly #counts: Float64Array;

  constructor(names: readonly string[], phases: number) {
    this.#names = names;
    this.#counts = new Float64Array(names.length * phases);
  }

  count(counter: number, phase: number, by: number): void {
    const cell = phase * this.#names.length + counter;
    this.#counts[cell] = (this.#counts[cell] ?? 0) + by;
  }

  countersOf(phase: number): Record<string, number> {
    const from = phase * this.#names.length;
    return Object.fromEntries(this.#names.map((name, counter) => [name, this.#counts[from + counter] ?? 0]));
  }
}
