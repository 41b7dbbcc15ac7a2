import { expect, test } from 'vitest';
import { documentText } from './document-text.ts';
import type { ReportDocument } from './document.ts';
import { plainDocument } from './plain-document.ts';
import { PLAIN_80 } from './style.ts';

const document: ReportDocument = [
  { kind: 'heading', text: 'My shop' },
  {
    kind: 'table',
    name: 'tiers',
    columns: [{ title: 'tier' }, { title: 'in use', align: 'right' }, { title: '' }],
    rows: [
      ['app', '77.2 %', ''],
      ['cache', '-', ''],
      ['database', { text: '494 %', tone: 'bad' }, 'too few'],
    ],
    data: [],
  },
  { kind: 'tree', name: 'tree', lines: [{ lead: '└─ ', under: '   ', text: 'a = 1 + 2\n= 3' }], data: [] },
  { kind: 'drawing', text: '┌─┐', says: ['A box.'] },
  { kind: 'drawing', text: '┌─┐' },
];

test('what is drawn is said', () => {
  expect(documentText(plainDocument(document), PLAIN_80)).toBe(
    [
      'My shop',
      '- app: in use 77.2 %',
      '- cache: in use none',
      '- database: in use 494 %, too few',
      '',
      '- a = 1 + 2 = 3',
      '',
      '- A box.',
      '',
    ].join('\n'),
  );
});

test('a line of a tree may have several itself', () => {
  expect(documentText(document.slice(2, 3), PLAIN_80)).toBe('└─ a = 1 + 2\n   = 3\n');
});
