import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { artefactsOf } from '../../reports/artefacts.ts';
import { FORMAT_OF_EXTENSION, REPORT_FORMATS } from '../../reports/report-names.ts';
import type { ReportFormat } from '../../reports/report-names.ts';
import { plainStyle } from '../../reports/style.ts';
import { checkByHand } from '../../reports/testing/result-by-hand.ts';
import { writeReport } from '../../reports/write-report.ts';

const text = readFileSync('docs/reports.md', 'utf8');
const result = checkByHand();

/** The first example below a heading. */
function exampleOf(heading: string): string[] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [, example = ''] = /```text\n([\s\S]*?)```/.exec(section) ?? [];
  return example.split('\n').filter((line) => line.trim() !== '' && line !== '…');
}

describe('examples of reports', () => {
  it.each<[string, ReportFormat]>([
    ['Text', 'text'],
    ['JSON', 'json'],
    ['Markdown', 'markdown'],
    ['JUnit', 'junit'],
    ['CSV', 'csv'],
    ['HdrHistogram', 'hlog'],
    ['GitHub Actions', 'annotations'],
  ])('%s is what is written', (heading, format) => {
    const example = exampleOf(heading);
    expect(example.length).toBeGreaterThan(1);
    const written = writeReport(format, result, { style: plainStyle, width: 100 }).split(/\r?\n/);
    let at = 0;
    for (const line of example) {
      const found = written.indexOf(line, at);
      expect(found, `"${line}" is not written there`).toBeGreaterThanOrEqual(at);
      at = found + 1;
    }
  });
});

it('all formats and the ends of their names are told', () => {
  const rows = [...text.matchAll(/^\| `(\w+)` +\| (?:`(\.\w+)`)? +\|/gm)].map(([, format, end]) => [format, end]);
  const ends = new Map([...FORMAT_OF_EXTENSION].map(([end, format]) => [format, end]));
  expect(rows).toEqual(REPORT_FORMATS.map((format) => [format, ends.get(format)]));
});

it('all artefacts are told', () => {
  const told = [...text.matchAll(/^\| `([\w./]+)` +\|/gm)].map(([, name]) => name);
  const names = artefactsOf(result).map(({ name }) => name.replace('peak-step-3', 'RUN'));
  expect(told).toEqual(expect.arrayContaining(names));
});
