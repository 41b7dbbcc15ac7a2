import { Client } from 'pg';
import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { readFeed } from './feed.ts';
import { Caller } from './http/caller.ts';

const PRODUCT = 3;
/** Of the probe's own, gone when it is done. */
const TABLE = 'probe_last_pieces';

/** More buyers than pieces, all at once: as a program does it that looks first and sells then, and as the application does. */
export const oversell: Probe = {
  name: 'oversell',
  title: 'many buyers for the last pieces of a product',
  classes: ['buy.naive', 'buy.guarded'],
  counters: ['oversell.naive', 'orders.oversold', 'orders.sold_out', 'stock.left'],
  parameters: {
    buyers: { kind: 'count', otherwise: 200, about: 'how many buy at once' },
    pieces: { kind: 'count', otherwise: 10, about: 'how many pieces there are' },
    naive: { kind: 'count', otherwise: 20, about: 'of the buyers, how many connections buy without a lock' },
  },
  async run(site) {
    const url = site.connections.databases['database']?.write;
    if (url === undefined)
      throw new RunError(`step ${site.stack.step} has no tier \`database\``, 'choose a step that has it');
    const database = new Client({ connectionString: url });
    await database.connect();
    try {
      const naive = await sellNaively(site, database, url);
      return { counters: { 'oversell.naive': naive, ...(await sellByApplication(site, database)).counters } };
    } finally {
      await database.query(`DROP TABLE IF EXISTS ${TABLE}`);
      await database.end();
    }
  },
};

/** Reads how many there are, decides, and writes what is left: what lies between is nobody's. Pieces sold beyond those there were. */
async function sellNaively({ parameters, recorder }: ProbeSite, database: Client, url: string): Promise<number> {
  const pieces = Number(parameters['pieces']);
  await database.query(`CREATE TABLE ${TABLE} AS SELECT ${pieces}::integer AS stock`);
  const clients = Array.from({ length: Number(parameters['naive']) }, () => new Client({ connectionString: url }));
  await Promise.all(clients.map((client) => client.connect()));
  let sold = 0;
  const buy = async (client: Client): Promise<void> => {
    const { rows } = await client.query<{ stock: number }>(`SELECT stock FROM ${TABLE}`);
    const stock = rows[0]?.stock ?? 0;
    if (stock <= 0) return;
    await client.query(`UPDATE ${TABLE} SET stock = $1`, [stock - 1]);
    sold += 1;
  };
  try {
    const rounds = Math.ceil(Number(parameters['buyers']) / clients.length);
    const lane = async (client: Client): Promise<void> => {
      for (let round = 0; round < rounds; round += 1) await recorder.time('buy.naive', () => buy(client));
    };
    await Promise.all(clients.map(lane));
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  return Math.max(0, sold - pieces);
}

/** The same through the API. The stock of the product is as before when it is over, less what was sold. */
async function sellByApplication(site: ProbeSite, database: Client): Promise<Findings> {
  const pieces = Number(site.parameters['pieces']);
  const buyers = Number(site.parameters['buyers']);
  const users = await readFeed(site, 'users.tsv');
  const caller = new Caller(site.stack.base_url, buyers, site.recorder);
  const before = await stockOf(database);
  await setStock(database, pieces);
  try {
    const answers = await Promise.all(
      Array.from({ length: buyers }, (_, index) => buyOne(caller, users[index % users.length])),
    );
    const sold = answers.filter((status) => status === 201).length;
    const left = await stockOf(database);
    await setStock(database, before - sold);
    const oversold = Math.max(0, sold - pieces);
    const soldOut = answers.filter((status) => status === 409).length;
    return { counters: { 'orders.oversold': oversold, 'orders.sold_out': soldOut, 'stock.left': left } };
  } finally {
    await caller.close();
  }
}

async function buyOne(caller: Caller, user: Record<string, string> | undefined): Promise<number | undefined> {
  const items = [{ productId: PRODUCT, quantity: 1 }];
  const body = { items, paymentMethod: 'COD', shippingAddress: '1 Load Test Lane, 12345 Example' };
  const headers = { authorization: `Bearer ${user?.['token'] ?? ''}` };
  return (await caller.ask('buy.guarded', { method: 'POST', path: '/api/v1/orders', headers, body, accept: [409] }))
    ?.status;
}

async function stockOf(database: Client): Promise<number> {
  const { rows } = await database.query<{ stock: number }>(
    'SELECT stock_quantity AS stock FROM products WHERE product_id = $1',
    [PRODUCT],
  );
  return rows[0]?.stock ?? 0;
}

async function setStock(database: Client, stock: number): Promise<void> {
  await database.query('UPDATE products SET stock_quantity = $1 WHERE product_id = $2', [stock, PRODUCT]);
}
