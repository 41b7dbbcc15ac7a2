import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, linesOf } from './command-lines.ts';
import { headingAnchors } from './heading-anchors.ts';

const FILES = documents();

interface Link {
  readonly line: number;
  readonly target: string;
}

/** Links and pictures of a file; a link may go on in the next line. */
function linksOf(file: string): Link[] {
  const lines = linesOf(file).map((each) => ({ ...each, text: each.fence === undefined ? each.text : '' }));
  const prose = lines.map(({ text }) => text.replaceAll(/`[^`]*`/g, '')).join('\n');
  const found = [...prose.matchAll(/\]\(([^()\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)];
  return found.map((match) => ({
    line: lines[prose.slice(0, match.index).split('\n').length - 1]?.line ?? 0,
    target: match[1] ?? match[2] ?? '',
  }));
}

/** What is wrong with a link; undefined when it leads somewhere. */
function problemOf(file: string, target: string): string | undefined {
  if (/^(?:https:\/\/|mailto:)/.test(target)) return undefined;
  const [path = '', anchor] = target.split('#');
  const place = path === '' ? file : normalize(join(dirname(file), path));
  if (!existsSync(place)) return 'there is no such file';
  if (anchor === undefined || statSync(place).isDirectory())
    return anchor === undefined ? undefined : 'a folder has no anchors';
  return headingAnchors(readFileSync(place, 'utf8')).includes(anchor) ? undefined : 'the file has no such heading';
}

describe('links', () => {
  it('are there', () => expect(FILES.flatMap(linksOf).length).toBeGreaterThan(200));

  it.each(FILES)('of %s lead to files and headings that exist', (file) => {
    const broken = linksOf(file).flatMap(({ line, target }) => {
      const problem = problemOf(file, target);
      return problem === undefined ? [] : [`${file}:${line}: ${target}: ${problem}`];
    });
    expect(broken).toEqual([]);
  });

  it('to documents are there for each: the index or the README leads to it', () => {
    const reached = new Set(
      ['README.md', 'docs/README.md'].flatMap((from) =>
        linksOf(from).map(({ target }) => normalize(join(dirname(from), target.split('#')[0] ?? ''))),
      ),
    );
    const guides = FILES.filter((file) => /^docs\/[\w-]+\.md$/.test(file) && file !== 'docs/README.md');
    expect(guides.filter((file) => !reached.has(file))).toEqual([]);
  });
});
