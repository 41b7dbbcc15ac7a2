import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const CHUNK_BYTES = 256 * 1024;

export type Cell = string | number;

/** Loads rows into a table by COPY in its text format. The table must be empty and truncated in this transaction (FREEZE). */
export async function copyRows(
  client: Client,
  table: string,
  columns: string,
  rows: Iterable<readonly Cell[]>,
): Promise<void> {
  const into = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN WITH (FREEZE)`));
  await pipeline(Readable.from(chunks(rows)), into);
}

/** Rows as COPY's text, in pieces large enough that a stream's cost per piece does not matter. */
export function* chunks(rows: Iterable<readonly Cell[]>): Generator<string> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(escapeCell).join('\t')}\n`;
    if (chunk.length < CHUNK_BYTES) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

function escapeCell(cell: Cell): string {
  if (typeof cell === 'number') return String(cell);
  return cell
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('\t', String.raw`\t`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`);
}
