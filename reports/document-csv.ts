import { CSV_LINE_END, csvRow } from './csv-field.ts';
import type { ReportDocument, TableBlock } from './document.ts';

/**
 * The tables and trees of a report as CSV (RFC 4180) with raw numbers. Each begins with its header row and has its name in the first
 * column, `table`; an empty line stands between two, so that one file can be split. Everything else is left out.
 */
export function documentCsv(document: ReportDocument): string {
  return document
    .filter((block) => block.kind === 'table' || block.kind === 'tree')
    .filter(({ data }) => data.length > 0)
    .map(tableCsv)
    .join(CSV_LINE_END);
}

function tableCsv({ name, data }: Pick<TableBlock, 'name' | 'data'>): string {
  const columns = [...new Set(data.flatMap((row) => Object.keys(row)))];
  const rows = data.map((row) => [name, ...columns.map((column) => row[column])]);
  return [['table', ...columns], ...rows].map(csvRow).join('');
}
