import { expect, test } from 'vitest';
import { plainStyle } from './style.ts';
import { table } from './table.ts';
import { textWidth } from './text-width.ts';

const columns = [{ title: 'tier' }, { title: 'carries', align: 'right' as const }, { title: 'note', flexible: true }];
const rows = [
  ['app', '7,000 req/s', 'two processes, each of them good for some 4,000 requests a second on this machine'],
  ['database', '310 req/s', 'enough'],
];

test('80 columns: the flexible column wraps', () => {
  const text = table({ columns, rows, width: 80, style: plainStyle });
  expect(text).toMatchInlineSnapshot(`
    "tier          carries  note
    ────────────────────────────────────────────────────────────────────────────────
    app       7,000 req/s  two processes, each of them good for some 4,000 requests
                           a second on this machine
    database    310 req/s  enough"
  `);
  expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(80);
});

test('120 columns: everything on a line', () => {
  expect(table({ columns, rows, width: 120, style: plainStyle })).toMatchInlineSnapshot(`
    "tier          carries  note
    ────────────────────────────────────────────────────────────────────────────────────────────────────────
    app       7,000 req/s  two processes, each of them good for some 4,000 requests a second on this machine
    database    310 req/s  enough"
  `);
});

test('without rows there is a head', () => {
  expect(table({ columns, rows: [], width: 80, style: plainStyle })).toBe('tier  carries  note');
});

test('numbers are never cut, whatever the width', () => {
  const text = table({ columns, rows, width: 20, style: plainStyle });
  expect(text).toContain('7,000 req/s');
});

test('words too long for their column end in an ellipsis', () => {
  const long = [['app', '1', 'x'.repeat(200)]];
  const text = table({ columns, rows: long, width: 60, style: plainStyle });
  expect(text).toContain('xxx…');
  expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(60);
});

function dim(text: string): string {
  return `\u001B[2m${text}\u001B[22m`;
}

test('plain style means no escapes; emphasis is begun anew on each line of a cell', () => {
  expect(table({ columns, rows, width: 80, style: plainStyle })).not.toContain('\u001B');
  const dimmed = rows.map(([tier = '', carries = '', note = '']) => [tier, carries, dim(note)]);
  const text = table({ columns, rows: dimmed, width: 80, style: plainStyle });
  const open = text.split('\n').filter((line) => line.split('\u001B[2m').length !== line.split('\u001B[22m').length);
  expect(open).toEqual([]);
  expect(text.split('\u001B[2m').length).toBe(4);
});

test('emphasis of a word that is cut ends before the ellipsis', () => {
  const text = table({ columns, rows: [['app', '1', dim('x'.repeat(200))]], width: 60, style: plainStyle });
  expect(text).toContain('xxx\u001B[22m…');
});
