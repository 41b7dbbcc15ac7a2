const CODE = /(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)/gu;
/**
 * What would be read as a tag, a character reference, a link, emphasis or code; `a * b`, `a_b` and `~5` would not. A `[` only begins
 * something with what follows its `]`.
 */
const SPECIAL = /[\\`]|<(?=[A-Za-z/!?])|&(?=#|\w+;)|\](?=[([])|(?<=\S)[*~]|\*(?=\S)|(?<![\p{L}\d])_|_(?![\p{L}\d])/gu;
/** GitHub makes links of these after it has read the Markdown, where no escape helps: a character without width comes between. */
const LINKED = /(?<=@)(?=[\w])|(?<=#)(?=\d)|(?<=\bGH-)(?=\d)|(?<=:\/)(?=\/)|(?<=\bwww)(?=\.)/gi;
const WITHOUT_WIDTH = '\u200B';

/**
 * Any text on one line of GitHub's Markdown, to be read as it stands: nothing of it is a tag, a link, a mention or emphasis. What is
 * between backticks stays code.
 */
export function markdownText(text: string): string {
  const line = withoutEscapes(text).replaceAll(/\s*\n\s*/g, ' ');
  let written = '';
  let end = 0;
  for (const code of line.matchAll(CODE)) {
    written += escaped(line.slice(end, code.index)) + code[0];
    end = code.index + code[0].length;
  }
  return written + escaped(line.slice(end));
}

/** The same for a cell of a table; its lines stay apart. */
export function markdownCell(text: string): string {
  return withoutEscapes(text)
    .split('\n')
    .map((line) => markdownText(line).replaceAll('|', String.raw`\|`))
    .join('<br>');
}

/** Lines as they are, in a fence longer than any in them. `language` says what they are. */
export function markdownFenced(text: string, language = 'text'): string {
  const lines = withoutEscapes(text);
  const longest = Math.max(2, ...[...lines.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${lines}\n${fence}`;
}

function escaped(text: string): string {
  return text.replaceAll(SPECIAL, String.raw`\$&`).replaceAll(LINKED, WITHOUT_WIDTH);
}

function withoutEscapes(text: string): string {
  // oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
  return text.replaceAll(/\u001B\[[0-9;]*[A-Za-z]|[\u0000-\u0009\u000B-\u001F\u007F]/g, '');
}
