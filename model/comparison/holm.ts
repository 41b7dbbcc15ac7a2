/**
 * Adjusted p-values of several tests, in their order: where those at or below a level are taken for proven, the chance that any
 * of them is wrong is at most that level, however the tests hang together.
 * Literature: S. Holm, Scandinavian Journal of Statistics 6 (1979) 65-70.
 */
export function holm(ps: readonly number[]): number[] {
  const order = [...ps.keys()].toSorted((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0));
  const adjusted = ps.map(() => 1);
  let largest = 0;
  for (const [place, index] of order.entries()) {
    largest = Math.max(largest, Math.min(1, (ps.length - place) * (ps[index] ?? 1)));
    adjusted[index] = largest;
  }
  return adjusted;
}
