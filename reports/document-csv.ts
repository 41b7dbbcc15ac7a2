import type { DataRow, ReportDocument, TableBlock } from './document.ts';

const END = '\r\n';

/**
 * The tables and trees of a report as CSV (RFC 4180) with raw numbers. Each begins with its header row and has its name in the first
 * column, `table`; an empty line stands between two, so that one file can be split. Everything else is left out.
 */
export function documentCsv(document: ReportDocument): string {
  return document
    .filter((block) => block.kind === 'table' || block.kind === 'tree')
    .filter(({ data }) => data.length > 0)
    .map(tableCsv)
    .join(END);
}

function tableCsv({ name, data }: Pick<TableBlock, 'name' | 'data'>): string {
  const columns = [...new Set(data.flatMap((row) => Object.keys(row)))];
  const rows = data.map((row) => [name, ...columns.map((column) => row[column])]);
  return [['table', ...columns], ...rows].map((row) => row.map(field).join(',') + END).join('');
}

/** What is not known is empty. */
function field(value: DataRow[string] | undefined): string {
  // Twelve digits: what arithmetic left in the last bits is no part of a result.
  const text = typeof value === 'number' ? String(Number(value.toPrecision(12))) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
