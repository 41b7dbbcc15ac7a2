/** Collects the parts of a page as long as they have room; what has none is counted, so that a page says what it lacks. */
export class PageBudget {
  readonly #parts: string[] = [];
  #left_bytes: number;

  constructor(bytes: number) {
    this.#left_bytes = bytes;
  }

  /** Adds a part where it fits; false when it does not. */
  add(part: string): boolean {
    const bytes = Buffer.byteLength(part);
    if (bytes > this.#left_bytes) return false;
    this.#parts.push(part);
    this.#left_bytes -= bytes;
    return true;
  }

  /** Adds a head, as many of the rows as fit, and the tail; without any row, or room for one, nothing. Returns how many rows were left out. */
  addRows(head: string, rows: readonly string[], tail: string): number {
    const [first] = rows;
    if (first === undefined) return 0;
    const frame_bytes = Buffer.byteLength(head) + Buffer.byteLength(tail);
    if (frame_bytes + Buffer.byteLength(first) > this.#left_bytes) return rows.length;
    this.#left_bytes -= frame_bytes;
    this.#parts.push(head);
    const missing = rows.findIndex((row) => !this.add(row));
    this.#parts.push(tail);
    return missing < 0 ? 0 : rows.length - missing;
  }

  text(): string {
    return this.#parts.join('');
  }
}
