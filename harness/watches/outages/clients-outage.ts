/** A time without an answer, ms since the epoch. */
interface Gap {
  readonly from_ms: number;
  readonly to_ms: number;
}

/**
 * The clients' part of an outage: of the pauses between acknowledgements that it touches, the longest. In s; undefined when clients had fewer than
 * two acknowledgements, or none around it.
 */
export function clientsOutage_s(acknowledged_ms: readonly number[], outage: Gap): number | undefined {
  const sorted = acknowledged_ms.toSorted((a, b) => a - b);
  const gaps = sorted.flatMap((to_ms, index): Gap[] => {
    const from_ms = sorted[index - 1];
    return from_ms === undefined ? [] : [{ from_ms, to_ms }];
  });
  const touching = gaps.filter(({ from_ms, to_ms }) => from_ms < outage.to_ms && to_ms > outage.from_ms);
  const longest = Math.max(...touching.map(({ from_ms, to_ms }) => to_ms - from_ms));
  return touching.length === 0 ? undefined : longest / 1000;
}
