/** An order of boxes held against the right one. */
export interface OrderJudgement {
  readonly right: boolean;
  /** The fewest boxes that have to be moved, and the box that each belongs behind; null for the first place. */
  readonly misplaced: readonly { readonly box: string; readonly after: string | null }[];
}

/** Finds what is misplaced: all that is not part of the longest run of boxes that already follow each other rightly. */
export function judgeOrder(given: readonly string[], right: readonly string[]): OrderJudgement {
  const kept = new Set(longestInOrder(given.map((box) => right.indexOf(box))).map((place) => right[place]));
  const misplaced = right.flatMap((box, place) => (kept.has(box) ? [] : [{ box, after: right[place - 1] ?? null }]));
  return { right: misplaced.length === 0, misplaced };
}

/** The longest increasing subsequence, of those the one that comes first; quadratic, which is fine for a whiteboard. */
function longestInOrder(places: readonly number[]): readonly number[] {
  const endingAt: number[][] = [];
  for (const [index, place] of places.entries()) {
    const before = endingAt.slice(0, index).filter((run) => (run.at(-1) ?? -1) < place);
    endingAt.push([...longest(before), place]);
  }
  return longest(endingAt);
}

const longest = (runs: readonly (readonly number[])[]): readonly number[] =>
  runs.reduce<readonly number[]>((best, run) => (run.length > best.length ? run : best), []);
