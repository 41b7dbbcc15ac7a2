import { readAnsi } from './read-ansi.ts';
import type { Stretch } from './read-ansi.ts';
import { CUT, outputOf, plain, typed } from './take.ts';
import type { Lines } from './take.ts';
import type { Frame } from './terminal-svg.ts';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
  /** Folder in which progress is kept. */
  readonly state: string;
}

/** So long one reads a line. */
const SECONDS_A_LINE = 0.25;
/** A prompt, with the key that was pressed where the input is piped. */
const PROMPT = /^(.* q quit: )\w$/;

/** What a walk shows after each of these keys: the newest page from its beginning, and below it the prompt. */
export async function walkFrames(
  command: readonly string[],
  keys: readonly string[],
  screen: Screen,
): Promise<Frame[]> {
  const input = [...keys, 'q', ''].join('\n');
  const output = await outputOf(command, screen.columns, { input, env: { XDG_STATE_HOME: screen.state } });
  const pages = pagesOf(readAnsi(output));
  return pages.map((page, index) => {
    const above = keys[index - 1] === 'h' ? (pages[index - 1] ?? []) : index === 0 ? [typed(command)] : [];
    const shown = above.length > 0 ? [...above, ...page] : page.slice(page.findIndex((line) => line.length > 0));
    const lines = withinRows(shown, screen.rows);
    return { lines, seconds: Math.max(4, Math.round(page.length * SECONDS_A_LINE)) };
  });
}

/** What stands between two prompts, each page with the prompt that ends it. */
function pagesOf(lines: Lines): Lines[] {
  const pages: (readonly Stretch[])[][] = [[]];
  for (const line of lines) {
    const prompt = PROMPT.exec(plain(line))?.[1];
    pages.at(-1)?.push(prompt === undefined ? line : [{ text: prompt, colour: 'faint', bold: false }]);
    if (prompt !== undefined) pages.push([]);
  }
  // Behind the last prompt stands the goodbye.
  return pages.slice(0, -1);
}

/** The beginning of a page that is longer than the screen, and its prompt. */
function withinRows(page: Lines, rows: number): Lines {
  if (page.length <= rows) return page;
  return [...page.slice(0, rows - 2), CUT, ...page.slice(-1)];
}
