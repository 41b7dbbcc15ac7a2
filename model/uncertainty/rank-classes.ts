/** The samples of one input, cut by their rank into classes of equal size. */
export interface RankClasses {
  readonly name: string;
  /** Class of every sample: 0 for the lowest values of the input, `classCount` - 1 for the highest. */
  readonly classOf: Uint16Array;
}

/** Cuts the samples of an input into classes by rank; equal values always share a class. Once for all outputs. */
export function rankClasses(name: string, column: Float64Array): RankClasses {
  const sorted = column.toSorted();
  const count = classCount(column.length);
  const borders = Float64Array.from({ length: count - 1 }, (_, i) => {
    return sorted[Math.floor(((i + 1) * sorted.length) / count)] ?? 0;
  });
  return { name, classOf: Uint16Array.from(column, (value) => countAtOrBelow(borders, value)) };
}

/** Half the root of n: classes narrow enough for a bent relation, and large enough that their means are not noise. */
export function classCount(n: number): number {
  return Math.max(2, Math.floor(Math.sqrt(n) / 2));
}

function countAtOrBelow(borders: Float64Array, value: number): number {
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((borders[middle] ?? 0) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
