/**
 * Reorders `values` from index `from` on, so that the value that sorting would put at `rank` stands there, none larger
 * before it and none smaller behind it. O(n) on average, where sorting takes O(n log n). There must be no NaN.
 * Literature: C. A. R. Hoare, Algorithm 65: FIND, Communications of the ACM 4 (1961) 321-322.
 */
export function select(values: Float64Array, rank: number, from: number): void {
  let left = from;
  let right = values.length - 1;
  while (left < right) {
    const pivot = values[rank] ?? 0;
    let i = left;
    let j = right;
    while (i <= j) {
      while ((values[i] ?? 0) < pivot) i++;
      while (pivot < (values[j] ?? 0)) j--;
      if (i > j) break;
      const value = values[i] ?? 0;
      values[i++] = values[j] ?? 0;
      values[j--] = value;
    }
    if (j < rank) left = i;
    if (rank < i) right = j;
  }
}
