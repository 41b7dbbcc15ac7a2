import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNames } from '../../stack-paths.ts';

/** One node's folders. */
export interface NodeFolders {
  readonly folder: string;
  readonly data: string;
}

/** Says that a node has answered at least once with these data. */
const COMPLETE = 'complete';

/** Half-made data would keep Patroni waiting for a human; they are made anew. */
export function discardIncomplete({ folder, data }: NodeFolders): void {
  if (existsSync(join(folder, COMPLETE)) && existsSync(join(data, 'global/pg_control'))) return;
  rmSync(join(folder, COMPLETE), { force: true });
  rmSync(data, { recursive: true, force: true });
}

export function markComplete({ folder }: NodeFolders): void {
  writeFileSync(join(folder, COMPLETE), '');
}

/**
 * The node to start first, so that it becomes the primary: the one with the latest timeline, and of those the one that was
 * no replica. Each promotion begins a timeline, so that a former primary that was never taken back is older, however much
 * it has written. Without any data it is the first.
 */
export function firstNode<T extends NodeFolders>(nodes: readonly T[]): T | undefined {
  const ranked = nodes.map((node) => ({ node, timeline: timelineOf(node), primary: wasPrimary(node) }));
  // Sorting is stable: the first of equals stays in front.
  return ranked.toSorted((a, b) => b.timeline - a.timeline || Number(b.primary) - Number(a.primary))[0]?.node;
}

function wasPrimary({ data }: NodeFolders): boolean {
  return existsSync(data) && !existsSync(join(data, 'standby.signal'));
}

/** From the names of segments and history files, which begin with it in 8 hexadecimal digits. 0 without data. */
function timelineOf({ data }: NodeFolders): number {
  const names = readNames(join(data, 'pg_wal')).filter((name) => /^[0-9A-F]{8}([0-9A-F]{16}|\.history)$/.test(name));
  return names.reduce((latest, name) => Math.max(latest, Number.parseInt(name.slice(0, 8), 16)), 0);
}
