import type { ObservedWrites } from '../model/observation/observation.ts';

/** What became of the writes in one line, and the ids of those that something is odd about, a line a kind. */
export function writesText(writes: ObservedWrites): string {
  const { acknowledged, failed, indeterminate, lost, recovered, unexpected, duplicated, unread } = writes;
  const sent = `writes: ${acknowledged} acknowledged, ${failed} failed, ${indeterminate} indeterminate`;
  const losses = unread > 0 ? `${unread} not read back, so losses are unknown` : `${lost} lost`;
  const found = `${losses}, ${recovered} recovered, ${unexpected} unexpected, ${duplicated} duplicated`;
  const examples = Object.entries(writes.examples).map(([kind, ids]) => `  ${kind}: ${ids.join(', ')}`);
  return [`${sent}; ${found}`, ...examples].join('\n');
}
