import { createHash } from 'node:crypto';
import { z } from 'zod';
import { onPrimary } from '../primary.ts';
import type { Patience, Primary } from '../primary.ts';

/** Where an application keeps its clients' keys. */
interface Store {
  readonly table: string;
  readonly key: string;
  /** How an id is stored. */
  readonly stored: (id: string) => string;
  /** Whether an id can be read off what is stored. */
  readonly plain: boolean;
}

const STORES: readonly Store[] = [
  { table: 'orders', key: 'idempotency_key', stored: (id) => id, plain: true },
  {
    table: 'urls',
    key: `encode(idempotency_key, 'hex')`,
    stored: (id) => createHash('sha256').update(id).digest('hex'),
    plain: false,
  },
];

/** What was written under keys, in all databases. */
export interface StoredWrites {
  /** Null when none of the databases that were read holds such rows. */
  readonly store: Store | null;
  /** Key as it is stored to how many rows have it. */
  readonly copies: ReadonlyMap<string, number>;
  /** Which servers were read, in words. */
  readonly read: readonly string[];
  /** Databases that could not be read, in words. */
  readonly unread: readonly string[];
}

/** Clocks of client and server differ by no more than this. */
const SLACK_S = 2;

/** Reads back from every database's primary what was written under a key since then, ms since the epoch. */
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
  for (const { rows } of parts) for (const row of rows) copies.set(row.key, (copies.get(row.key) ?? 0) + row.copies);
  return {
    store: parts[0]?.store ?? null,
    copies,
    read: parts.map(({ from }) => from),
    unread: results.flatMap((each, index) =>
      each.status === 'rejected' ? [`\`${names[index]}\` could not be read: ${messageOf(each.reason)}`] : [],
    ),
  };
}

interface Part {
  readonly store: Store;
  readonly from: string;
  readonly rows: readonly z.infer<typeof rowShape>[];
}

const rowShape = z.object({ key: z.string(), copies: z.number() });

async function readPart(primary: Primary, since_s: number): Promise<Part | null> {
  const tables = await primary.tables(STORES.map(({ table }) => table));
  const store = STORES.find(({ table }) => tables.has(table));
  if (!store) return null;
  const rows = await primary.rows(rowShape, copiesIn(store), [since_s]);
  const from = `\`${store.table}\` of \`${primary.name}\` were read from its primary on port ${primary.port}`;
  return { store, from, rows };
}

function copiesIn({ table, key }: Store): string {
  return `SELECT ${key} AS key, count(*)::integer AS copies FROM ${table}
           WHERE idempotency_key IS NOT NULL AND created_at >= to_timestamp($1) GROUP BY 1`;
}

function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
