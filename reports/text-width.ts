// East Asian wide and fullwidth forms, and emoji: two terminal columns. Unicode Standard Annex #11, in rough blocks.
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}/u;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const ESCAPES = /\u001B\[[0-9;]*m/g;
/** Printable ASCII, Latin letters and signs, dashes, arrows, box drawing: one column a character, whatever stands beside it. */
const PLAIN = /^[ -~\u00A1-\u00AC\u00AE-\u024F\u2010-\u2027\u2190-\u21FF\u2248\u2264\u2265\u2500-\u257F\u2713\u2717]*$/;
/** Made at the first text that needs it: loading its data takes longer than most reports. */
let segmenter: Intl.Segmenter | undefined;

/** What people see as the characters of a text, each with its offset in it. */
export function graphemes(text: string): { readonly text: string; readonly offset: number }[] {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment, index }) => ({ text: segment, offset: index }));
}

/** Terminal columns that a text takes; colour escapes take none. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length;
  return graphemes(text.replaceAll(ESCAPES, '')).reduce((sum, each) => sum + graphemeWidth(each.text), 0);
}

/** Terminal columns of one grapheme: 0, 1 or 2. */
export function graphemeWidth(grapheme: string): number {
  if (ZERO_WIDTH.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}

/** The text with spaces up to `width` columns behind it. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** The text in at most `width` columns, `…` in place of what is left out. What fits keeps its colours; what is cut loses them. */
export function fit(text: string, width: number): string {
  if (textWidth(text) <= width) return text;
  let fitted = '';
  let left = width - 1;
  for (const grapheme of graphemes(text.replaceAll(ESCAPES, ''))) {
    left -= graphemeWidth(grapheme.text);
    if (left < 0) break;
    fitted += grapheme.text;
  }
  return `${fitted}…`;
}

/** Lines of at most `width` columns, broken at spaces; a longer word has a line to itself. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

/** Wrapped, with `first` before the first line and as many spaces before the others. */
export function wrapUnder(first: string, text: string, width: number): string {
  const indent = textWidth(first);
  const lines = wrap(text, Math.max(20, width - indent));
  return lines.map((line, index) => (index === 0 ? first : ' '.repeat(indent)) + line).join('\n');
}

/** At most so many characters, the last of them `…` where something was left out. */
export function shortened(text: string, characters: number): string {
  const all = [...text];
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
}
