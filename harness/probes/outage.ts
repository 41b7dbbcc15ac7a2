/** The times in which requests failed, by when they were due. */
export class Outage {
  readonly #notes: { readonly ok: boolean; readonly due_ms: number }[] = [];

  note(ok: boolean, due_ms: number): void {
    this.#notes.push({ ok, due_ms });
  }

  get lost(): number {
    return this.#notes.filter(({ ok }) => !ok).length;
  }

  /** From the first of failures that follow each other to the next success, the longest such time; 0 without failures. */
  longest_s(): number {
    let longest_ms = 0;
    let from_ms: number | undefined;
    for (const { ok, due_ms } of this.#notes.toSorted((a, b) => a.due_ms - b.due_ms)) {
      if (!ok) from_ms ??= due_ms;
      if (from_ms !== undefined) longest_ms = Math.max(longest_ms, due_ms - from_ms);
      if (ok) from_ms = undefined;
    }
    return longest_ms / 1_000;
  }
}
