import type { ObservedOutage } from '../../../model/observation/observation.ts';

type Part = ObservedOutage['parts'][number];

/**
 * Divides an outage where something was first seen, in the order in which those things follow each other. Each part is named by what ends it, and
 * the last one lasts to the end, so that together they are as long as the outage. What was never seen is no part: its time is that of
 * the next one. What was seen before its turn takes no time.
 */
export function outageParts(
  began_ms: number,
  ended_ms: number,
  order: readonly string[],
  seen_ms: ReadonlyMap<string, number>,
): Part[] {
  const parts: Part[] = [];
  let from_ms = began_ms;
  for (const [index, name] of order.entries()) {
    const last = index === order.length - 1;
    const at_ms = last ? ended_ms : seen_ms.get(name);
    if (at_ms === undefined) continue;
    const to_ms = Math.min(Math.max(at_ms, from_ms), ended_ms);
    parts.push({ name, duration_s: (to_ms - from_ms) / 1000 });
    from_ms = to_ms;
  }
  return parts;
}
