import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StockAccount } from '../../../model/consistency/compare-stock.ts';
import { RunError } from '../../run-error.ts';
import { onPrimary } from '../primary.ts';
import type { Patience, Primary } from '../primary.ts';

const amountShape = z.object({ product: z.string(), pieces: z.number() });
const reservationShape = z.object({ reservation: z.string(), product: z.string(), pieces: z.number() });
const idShape = z.object({ reservation: z.string().nullable() });
type Amounts = ReadonlyMap<string, number>;

/** Orders of the past came with the stock as it was seeded. */
const STANDING = `orders o WHERE o.status <> 'CANCELLED' AND o.created_at >= (SELECT loaded_at FROM seed_info)`;
const SOLD = `SELECT i.product_id::text AS product, sum(i.quantity)::float8 AS pieces
                FROM order_items i WHERE i.order_id IN (SELECT o.order_id FROM ${STANDING}) GROUP BY 1`;
const RESERVATIONS_OF_ORDERS = `SELECT o.reservation_id::text AS reservation FROM ${STANDING}`;
const LEFT = (table: string): string =>
  `SELECT product_id::text AS product, stock_quantity::float8 AS pieces FROM ${table}`;
const RESERVED = `SELECT r.reservation_id::text AS reservation, i.product_id::text AS product, i.quantity::float8 AS pieces
                    FROM reservations r JOIN reservation_items i USING (reservation_id) WHERE r.state IN ('HELD', 'CONFIRMED')`;

/** What one database knows: whichever it has of orders, reservations, and what is left. */
interface Part {
  readonly sold?: Amounts;
  readonly ordered?: ReadonlySet<string>;
  readonly reserved?: readonly z.infer<typeof reservationShape>[];
  readonly left?: Amounts;
}

/**
 * The account of every product: in one database, or where orders and stock are two services', across theirs. What is reserved for an order that
 * stands counts as sold.
 * @throws RunError when there is no stock, or no feed that tells what there was. Rejects when a database cannot be read in time.
 */
export async function readStock(
  databases: Readonly<Record<string, string>>,
  feeds_dir: string,
  patience: Patience,
): Promise<StockAccount[]> {
  const seeded = await readSeeded(join(feeds_dir, 'stock.tsv'));
  const parts = await Promise.all(
    Object.entries(databases).map(([name, url]) => onPrimary(name, url, patience, readPart)),
  );
  const { sold, ordered, reserved = [], left }: Part = Object.assign({}, ...parts);
  if (!sold || !left) {
    throw new RunError('no database of this stack has stock and orders', 'leave out the check `stock`');
  }
  const kept = new Map<string, number>();
  for (const { reservation, product, pieces } of reserved) {
    if (!ordered?.has(reservation)) kept.set(product, (kept.get(product) ?? 0) + pieces);
  }
  return [...seeded].map(([product, pieces]) => ({
    product,
    seeded: pieces,
    sold: sold.get(product) ?? 0,
    reserved: kept.get(product) ?? 0,
    left: left.get(product) ?? 0,
  }));
}

async function readPart(primary: Primary): Promise<Part> {
  const tables = await primary.tables(['orders', 'products', 'stock', 'reservations', 'errands']);
  const part: { -readonly [Key in keyof Part]: Part[Key] } = {};
  if (tables.has('reservations')) part.reserved = await primary.rows(reservationShape, RESERVED);
  if (tables.has('stock')) part.left = await amountsOf(primary, LEFT('stock'));
  if (!tables.has('orders')) return part;
  // In the monolith both are read from one snapshot, as an order changes both at once.
  await primary.rows(z.unknown(), 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  part.sold = await amountsOf(primary, SOLD);
  if (tables.has('products')) part.left = await amountsOf(primary, LEFT('products'));
  if (tables.has('errands')) {
    const rows = await primary.rows(idShape, RESERVATIONS_OF_ORDERS);
    part.ordered = new Set(rows.flatMap(({ reservation }) => reservation ?? []));
  }
  return part;
}

async function amountsOf(primary: Primary, text: string): Promise<Amounts> {
  return new Map((await primary.rows(amountShape, text)).map(({ product, pieces }) => [product, pieces]));
}

async function readSeeded(file: string): Promise<Map<string, number>> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new RunError(`no feed tells how much stock there was: ${String(error)}`, 'start the stack anew', error);
  });
  const [, ...lines] = text.trim().split('\n');
  return new Map(
    lines.map((line): [string, number] => {
      const [id = '', stock = ''] = line.split('\t');
      return [id, Number(stock)];
    }),
  );
}
