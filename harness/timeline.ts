/** A part of the run that was driven in one piece: scenario time runs along with the clock in it. */
export interface Stretch {
  readonly from_s: number;
  readonly started_at_ms: number;
  readonly ended_at_ms: number;
}

/** Tells scenario time from clock time. Between two stretches, when requests drain, scenario time stands still. */
export class Timeline {
  readonly #stretches: Stretch[] = [];
  readonly #phases: { readonly name: string; readonly start_s: number; readonly end_s: number }[] = [];

  /** Phases that ran, in order. */
  get phases(): readonly { readonly name: string; readonly start_s: number; readonly end_s: number }[] {
    return this.#phases;
  }

  add(
    stretch: Stretch,
    phases: readonly { readonly name: string; readonly start_s: number; readonly end_s: number }[],
  ): void {
    this.#stretches.push(stretch);
    this.#phases.push(...phases);
  }

  /** A copy that goes on with a stretch under way. */
  with(stretch: Stretch): Timeline {
    const copy = new Timeline();
    copy.#stretches.push(...this.#stretches, stretch);
    copy.#phases.push(...this.#phases);
    return copy;
  }

  /** Seconds of scenario time at a moment of `Date.now()`; negative before the run. */
  at_s(clock_ms: number): number {
    const past = this.#stretches.findLast(({ started_at_ms }) => started_at_ms <= clock_ms) ?? this.#stretches[0];
    if (!past) return 0;
    return past.from_s + (Math.min(clock_ms, past.ended_at_ms) - past.started_at_ms) / 1000;
  }
}
