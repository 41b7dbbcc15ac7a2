import { z } from 'zod';
import { onPrimary } from '../primary.ts';
import type { Patience, Primary } from '../primary.ts';

/** Where an application keeps the ids that its clients give: that of an order, or the alias of a short URL. */
interface Store {
  readonly table: string;
  readonly id: string;
}

const STORES: readonly Store[] = [
  { table: 'orders', id: 'idempotency_key' },
  { table: 'urls', id: 'code' },
];

/** What was written under ids, in all databases. */
export interface StoredWrites {
  /** Whether any of the databases that were read holds such rows. */
  readonly known: boolean;
  /** Id to how many rows have it. */
  readonly copies: ReadonlyMap<string, number>;
  /** Which servers were read, in words. */
  readonly read: readonly string[];
  /** Databases that could not be read, in words. */
  readonly unread: readonly string[];
}

/** Clocks of client and server differ by no more than this. */
const SLACK_S = 2;

/** Reads back from every database's primary what was written under ids since then, ms since the epoch. */
export async function readBack(
  databases: Readonly<Record<string, string>>,
  since_ms: number,
  patience: Patience,
): Promise<StoredWrites> {
  const names = Object.keys(databases);
  const read = (primary: Primary): Promise<Part | null> => readPart(primary, since_ms / 1000 - SLACK_S);
  const results = await Promise.allSettled(names.map((name) => onPrimary(name, databases[name] ?? '', patience, read)));
  const parts = results.flatMap((each) => (each.status === 'fulfilled' && each.value ? [each.value] : []));
  const copies = new Map<string, number>();
  for (const { rows } of parts) for (const row of rows) copies.set(row.id, (copies.get(row.id) ?? 0) + row.copies);
  return {
    known: parts.length > 0,
    copies,
    read: parts.map(({ from }) => from),
    unread: results.flatMap((each, index) =>
      each.status === 'rejected' ? [`\`${names[index]}\` could not be read: ${messageOf(each.reason)}`] : [],
    ),
  };
}

interface Part {
  readonly from: string;
  readonly rows: readonly z.infer<typeof rowShape>[];
}

const rowShape = z.object({ id: z.string(), copies: z.number() });

async function readPart(primary: Primary, since_s: number): Promise<Part | null> {
  const tables = await primary.tables(STORES.map(({ table }) => table));
  const store = STORES.find(({ table }) => tables.has(table));
  if (!store) return null;
  const rows = await primary.rows(rowShape, copiesIn(store), [since_s]);
  const from = `\`${store.table}\` of \`${primary.name}\` were read from its primary on port ${primary.port}`;
  return { from, rows };
}

function copiesIn({ table, id }: Store): string {
  return `SELECT ${id} AS id, count(*)::integer AS copies FROM ${table}
           WHERE ${id} IS NOT NULL AND created_at >= to_timestamp($1) GROUP BY 1`;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
