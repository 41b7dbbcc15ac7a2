import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { discardIncomplete, firstNode, markComplete } from './first-node.ts';
import type { NodeFolders } from './first-node.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'nodes-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test('without data the first node is the first', () => {
  const nodes = ['a', 'b'].map((id) => ({ folder: join(home, id), data: join(home, id, 'cluster') }));
  expect(firstNode(nodes)).toBe(nodes[0]);
});

test('of nodes on the same timeline the one that was no replica is first', () => {
  const nodes = [
    node('a', ['000000020000000000000007'], 'standby.signal'),
    node('b', ['000000020000000000000006', '00000002.history']),
    node('c', ['000000020000000000000007'], 'standby.signal'),
  ];
  expect(firstNode(nodes)).toBe(nodes[1]);
});

test('a former primary that was never taken back is not first, however much it has written', () => {
  const nodes = [node('a', ['0000000900000000000000FF']), node('b', ['0000000A0000000000000001'], 'standby.signal')];
  expect(firstNode(nodes)).toBe(nodes[1]);
});

test('only data that have answered once are kept', () => {
  const [kept, half] = [node('a', [], 'global/pg_control'), node('b', [], 'global/pg_control')];
  markComplete(kept);
  for (const each of [kept, half]) discardIncomplete(each);
  expect([kept, half].map(({ data }) => existsSync(data))).toEqual([true, false]);
  rmSync(join(kept.data, 'global/pg_control'));
  discardIncomplete(kept);
  expect(existsSync(kept.data)).toBe(false);
});

function node(id: string, wal: readonly string[], ...files: readonly string[]): NodeFolders {
  const folder = join(home, id);
  const data = join(folder, 'cluster');
  for (const below of ['pg_wal', 'global']) mkdirSync(join(data, below), { recursive: true });
  for (const name of [...wal.map((each) => join('pg_wal', each)), ...files]) writeFileSync(join(data, name), '');
  return { folder, data };
}
