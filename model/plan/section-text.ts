/** A section on the top level of a plan's text. */
interface Section {
  /** Where its key begins, where its content begins, and where the next section does. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

function sectionOf(text: string, key: string): Section | undefined {
  const start = new RegExp(`^${key}:.*$`, 'm').exec(text);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  // What belongs to a section is indented, or a comment, or empty.
  const length = /^[^\s#]/m.exec(text.slice(from))?.index;
  return { at: start.index, from, to: length === undefined ? text.length : from + length };
}

/** The text with a section blanked, or cut off at the end, so that every other line stays where it was. */
export function withoutSection(text: string, key: string): string {
  const section = sectionOf(text, key);
  if (!section) return text;
  const { at, to } = section;
  return `${text.slice(0, at)}${blanked(text.slice(at, to))}${text.slice(to)}`.trimEnd();
}

export interface PartOfSection {
  readonly text: string;
  /** Names of the entries that are left out. */
  readonly left: readonly string[];
}

/** The text with the entries of a section blanked that are not wanted. What is not an entry with a plain name on lines of its own stays. */
export function withEntries(text: string, key: string, isWanted: (name: string) => boolean): PartOfSection {
  const section = sectionOf(text, key);
  if (!section) return { text, left: [] };
  const { from, to } = section;
  const content = text.slice(from, to);
  const indent = /^( +)[^\s#]/m.exec(content)?.[1] ?? '';
  const begin = new RegExp(String.raw`^${indent}(?:([\w.-]+):|[^\s#])`);
  const left: string[] = [];
  let isLeft = false;
  let kept = 0;
  const lines = content.split('\n').map((line) => {
    const entry = begin.exec(line);
    const name = entry?.[1];
    if (entry) isLeft = name !== undefined && !isWanted(name);
    if (entry && !isLeft) kept++;
    if (name !== undefined && isLeft) left.push(name);
    return isLeft ? '' : line;
  });
  if (left.length === 0) return { text, left };
  if (kept === 0) return { text: withoutSection(text, key), left };
  return { text: `${text.slice(0, from)}${lines.join('\n')}${text.slice(to)}`, left };
}

function blanked(text: string): string {
  return '\n'.repeat(text.split('\n').length - 1);
}
