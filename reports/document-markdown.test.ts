import { describe, expect, it } from 'vitest';
import { documentMarkdown } from './document-markdown.ts';
import type { Cell, ReportDocument } from './document.ts';

function tableOf(...cells: Cell[]): ReportDocument {
  return [{ kind: 'table', name: 't', columns: cells.map(() => ({ title: 'c' })), rows: [cells], data: [] }];
}

describe('a report as Markdown', () => {
  it('has headings, paragraphs, lists, tables with alignment and drawings, an empty line between', () => {
    const document: ReportDocument = [
      { kind: 'heading', text: 'My Shop' },
      { kind: 'paragraph', text: '`database` breaks first.', tone: 'bad' },
      {
        kind: 'table',
        name: 'tiers',
        columns: [{ title: 'tier' }, { title: 'in use', align: 'right' }],
        rows: [
          ['app', '77.2 %'],
          ['database', { text: '494 %', tone: 'bad' }],
        ],
        data: [],
      },
      { kind: 'item', title: '✗ storage: says 1 TB', lines: ['Storage', 'a = b * c'] },
      { kind: 'item', title: '✓ traffic', lines: [] },
      { kind: 'drawing', text: 'a = 3\n└─ b = 3' },
    ];
    expect(documentMarkdown(document)).toBe(
      [
        '## My Shop',
        '',
        '`database` breaks first.',
        '',
        '| tier | in use |',
        '| --- | ---: |',
        '| app | 77.2 % |',
        '| database | 494 % |',
        '',
        '- **✗ storage: says 1 TB**  ',
        '  Storage  ',
        '  a = b * c',
        '- **✓ traffic**',
        '',
        '```text',
        'a = 3',
        '└─ b = 3',
        '```',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['a | b', String.raw`a \| b`],
    ['`a | b`', '`a \\| b`'],
    ['one\ntwo', 'one<br>two'],
    ['solve --for <name>', String.raw`solve --for \<name>`],
    ['`<name>` and <name>', '`<name>` and \\<name>'],
    ['a*b*c', String.raw`a\*b\*c`],
    ['_private_', String.raw`\_private\_`],
    ['[text](target)', String.raw`[text\](target)`],
    [String.raw`back\slash`, String.raw`back\\slash`],
    ['\u001B[31mred\u001B[39m', 'red'],
    // As people write them, and as they are shown.
    ['users.daily_active * 20 req/user/day', 'users.daily_active * 20 req/user/day'],
    ['~1.6 PB, < 300 ms, $5', '~1.6 PB, < 300 ms, $5'],
    ['database *', 'database *'],
  ])('writes the cell %j as %s', (cell, written) => {
    expect(documentMarkdown(tableOf(cell))).toBe(`| c |\n| --- |\n| ${written} |\n`);
  });

  it('has lists, headings of a level and drawings of a language', () => {
    const document: ReportDocument = [
      { kind: 'heading', text: 'Deep' },
      { kind: 'list', entries: ['one', '- two', '<b>'] },
      { kind: 'drawing', text: 'flowchart TB', language: 'mermaid' },
    ];
    expect(documentMarkdown(document, 5)).toBe(
      [
        '##### Deep',
        '',
        '- one',
        String.raw`- \- two`,
        String.raw`- \<b>`,
        '',
        '```mermaid',
        'flowchart TB',
        '```',
        '',
      ].join('\n'),
    );
  });

  it.each([
    ['- no list', String.raw`\- no list`],
    ['1. no list', String.raw`1\. no list`],
    ['> 5 s', String.raw`\> 5 s`],
    ['# no heading', String.raw`\# no heading`],
    ['5.5 x, -3', '5.5 x, -3'],
    ['two\nlines', 'two lines'],
  ])('writes the paragraph %j as %s', (text, written) => {
    expect(documentMarkdown([{ kind: 'paragraph', text }])).toBe(`${written}\n`);
  });

  it('draws a fence that the drawing does not end', () => {
    expect(documentMarkdown([{ kind: 'drawing', text: '```' }])).toBe('````text\n```\n````\n');
  });
});
