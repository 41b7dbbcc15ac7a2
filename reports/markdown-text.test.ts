import { expect, test } from 'vitest';
import { markdownCell, markdownFenced, markdownText } from './markdown-text.ts';

const ZERO = '\u200B';

test.each([
  ['p95(search) < 300 ms is a * b and a_b, ~5', 'p95(search) < 300 ms is a * b and a_b, ~5'],
  ['`database`, 97 %', '`database`, 97 %'],
  ['<script>', String.raw`\<script>`],
  ['&lt;b&#62;', String.raw`\&lt;b\&#${ZERO}62;`],
  ['AT&T', 'AT&T'],
  ['[a](b) ![c](d) [e][f]', String.raw`[a\](b) ![c\](d) [e\][f]`],
  ['**b** _e_ ~~g~~', String.raw`\*\*b\*\* \_e\_ ~\~g\~\~`],
  ['one ` tick', String.raw`one \` tick`],
  // Where no code ends, none begins, so that what follows is no tag.
  ['``<img>`', String.raw`\`\`\<img>\``],
  ['`` a`<b>` ``', '`` a`<b>` ``'],
  ['two\n  lines', 'two lines'],
  ['bell\u0007 \u001B[31mred\u001B[0m', 'bell red'],
  ['@all @a/b', `@${ZERO}all @${ZERO}a/b`],
  ['#12 o/r#3 GH-4', `#${ZERO}12 o/r#${ZERO}3 GH-${ZERO}4`],
  ['https://a.example www.b.example', `https:/${ZERO}/a.example www${ZERO}.b.example`],
])('%j on a line', (text, written) => {
  expect(markdownText(text)).toBe(written);
});

test('cells keep their lines apart and their pipes to themselves', () => {
  expect(markdownCell('a|b\n`c|d`')).toBe(String.raw`a\|b<br>` + '`c' + String.raw`\|d` + '`');
});

test('a fence is longer than any within', () => {
  expect(markdownFenced('a\n````\n@all')).toBe('`````text\na\n````\n@all\n`````');
});
