import { isMap } from 'yaml';
import type { Node } from '../document/source.ts';
import { isLiteralError, parseLiteral } from '../units/literal.ts';
import { mixOfJourneys } from './journey.ts';
import type { Journey } from './journey.ts';
import type { ScenarioContext } from './read-context.ts';

/** Reads `mix`: shares of request classes. Journeys have theirs from their steps; the plan's count when there is neither. */
export function readMix(
  { source, plan }: ScenarioContext,
  node: Node,
  journeys: readonly Journey[],
): Map<string, number> {
  if (journeys.length > 0) {
    if (node !== undefined)
      source.report('DUPLICATE', node, 'journeys say already what is requested', { help: 'leave out `mix`' });
    return mixOfJourneys(journeys);
  }
  if (node === undefined) return new Map(plan.requests.map((request) => [request.name, request.share]));
  const known = plan.requests.map((request) => request.name);
  const mix = new Map<string, number>();
  for (const entry of source.entries(node, '`mix`', known)) {
    const text = source.text_of(entry.value, 'a share');
    const literal = text === undefined ? undefined : parseLiteral(text);
    if (literal && !isLiteralError(literal) && literal.dimension.size === 0 && literal.value >= 0)
      mix.set(entry.key, literal.value);
    else if (literal) source.report('TYPE', entry.value, 'a share should be a percentage', { help: 'as in `80 %`' });
  }
  const unread = isMap(node) && node.items.length > mix.size;
  const total = unread ? 1 : [...mix.values()].reduce((sum, share) => sum + share, 0);
  if (Math.abs(total - 1) > 1e-9) {
    source.report('SHARES', node, `the shares add up to ${Number((total * 100).toFixed(6))} %, not 100 %`);
  }
  return mix;
}
