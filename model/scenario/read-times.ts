import type { Node, Source } from '../document/source.ts';
import { readPlain } from '../plan/read-scalars.ts';

/** How many times, above `least`: `5x`. */
export function readTimes(source: Source, node: Node, what: string, least = 0): number | undefined {
  const factor = readPlain(source, node, what);
  if (factor === undefined || factor > least) return factor;
  return source.report('RANGE', node, `${what} should lie above ${least}`, { help: 'as in `5x`' });
}
