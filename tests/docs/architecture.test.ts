import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ARROWS } from '../architecture/arrows.ts';

const text = readFileSync('docs/architecture.md', 'utf8');

/** What a cell of a table has in backticks. */
function codeIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

describe('docs/architecture.md', () => {
  it('has the rooms and arrows that the tree is held to', () => {
    const rows = [...text.matchAll(/^\| `([\w-]+)\/` +\|[^|]*\|([^|]*)\|/gm)];
    const told = rows.map(([, room, may = '']) => [room, codeIn(may)]);
    expect(told).toEqual(Object.entries(ARROWS).map(([room, { may }]) => [room, [...may]]));
  });

  it('names files and folders that are there', () => {
    const paths = codeIn(text.replaceAll(/```[\s\S]*?```/g, '')).filter((code) => /^[\w.-]+\/[\w./<>-]*$/.test(code));
    expect(paths.length).toBeGreaterThan(60);
    const gone = paths.filter((path) => !existsSync(knownPart(path)));
    expect([...new Set(gone)]).toEqual([]);
  });
});

/** What of `model/laws/<family>/<law>.ts` does not depend on what is new. */
function knownPart(path: string): string {
  const at = path.indexOf('<');
  return at < 0 ? path : path.slice(0, path.lastIndexOf('/', at));
}
