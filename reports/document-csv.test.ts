import { describe, expect, it } from 'vitest';
import { documentCsv } from './document-csv.ts';
import type { DataRow, ReportDocument } from './document.ts';

const tableOf = (name: string, data: readonly DataRow[]): ReportDocument[number] => ({
  kind: 'table',
  name,
  columns: [{ title: 'shown' }],
  rows: [['as text']],
  data,
});

describe('a report as CSV', () => {
  it('has the raw rows under their keys, the name of the table first', () => {
    const rows = [
      { id: 'traffic.peak', value: 6944.444444444444, unit: 'req/s' },
      { id: 'storage', value: 1.281e15, unit: 'B' },
    ];
    expect(documentCsv([tableOf('quantities', rows)])).toBe(
      'table,id,value,unit\r\nquantities,traffic.peak,6944.44444444,req/s\r\nquantities,storage,1281000000000000,B\r\n',
    );
  });

  it.each([
    ['a, b', '"a, b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    ['plain; text', 'plain; text'],
    [-0.5, '-0.5'],
    [1e21, '1e+21'],
    [true, 'true'],
    [null, ''],
    ['', ''],
  ])('writes %j as %s', (value, written) => {
    expect(documentCsv([tableOf('t', [{ value }])])).toBe(`table,value\r\nt,${written}\r\n`);
  });

  it('separates tables by an empty line and leaves out what is none', () => {
    const document: ReportDocument = [
      { kind: 'heading', text: 'Heading' },
      tableOf('a', [{ x: 1 }]),
      { kind: 'paragraph', text: 'Paragraph' },
      { kind: 'item', title: 'Title', lines: ['line'] },
      { kind: 'drawing', text: '└─' },
      tableOf('empty', []),
      tableOf('b', [{ y: 2 }]),
    ];
    expect(documentCsv(document)).toBe('table,x\r\na,1\r\n\r\ntable,y\r\nb,2\r\n');
  });

  it('keeps columns in line when rows have different keys', () => {
    expect(documentCsv([tableOf('t', [{ a: 1 }, { a: 2, b: 3 }, { b: 4 }])])).toBe(
      'table,a,b\r\nt,1,\r\nt,2,3\r\nt,,4\r\n',
    );
  });

  it('is empty when a report has no table', () => expect(documentCsv([{ kind: 'heading', text: 'Heading' }])).toBe(''));
});
