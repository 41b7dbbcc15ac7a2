/** A run as far as it matters to its going. */
export interface PrunableRun {
  readonly run: string;
  /** When it was made, ms since the epoch. */
  readonly when_ms: number;
  readonly size_bytes: number;
  /** What refers to it; absent when nothing does. */
  readonly neededBy?: string;
}

/** How much is to stay; what is absent does not limit. */
export interface PruneLimits {
  /** So many runs, the newest. */
  readonly keep?: number;
  /** Runs made since, ms since the epoch. */
  readonly since_ms?: number;
  /** So many bytes, of the newest runs. */
  readonly size_bytes?: number;
}

/** What goes, oldest first, and what would go if nothing referred to it. */
export interface Chosen<Run> {
  readonly gone: Run[];
  readonly spared: Run[];
}

/**
 * The runs that are beyond any one of the limits. What something refers to stays, and counts against the limits; so fewer others may stay,
 * but none that is within them goes.
 */
export function chooseToPrune<Run extends PrunableRun>(runs: readonly Run[], limits: PruneLimits): Chosen<Run> {
  const { keep = Infinity, since_ms = -Infinity, size_bytes = Infinity } = limits;
  const newestFirst = runs.toSorted((a, b) => b.when_ms - a.when_ms || (a.run < b.run ? 1 : -1));
  let sum_bytes = 0;
  const beyond = newestFirst.filter((run, index) => {
    sum_bytes += run.size_bytes;
    return index >= keep || run.when_ms < since_ms || sum_bytes > size_bytes;
  });
  const [gone = [], spared = []] = [false, true].map((isNeeded) =>
    beyond.filter(({ neededBy }) => (neededBy !== undefined) === isNeeded).toReversed(),
  );
  return { gone, spared };
}
