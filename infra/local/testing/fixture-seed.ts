/** A stand-in for the application's seeder: a schema for `fixture-app.ts`, and feeds. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';

const { values } = parseArgs({
  options: {
    products: { type: 'string', default: '0' },
    users: { type: 'string', default: '0' },
    seed: { type: 'string', default: '0' },
    feeds: { type: 'string', default: '.' },
  },
});

const client = new Client({ connectionString: process.env['DATABASE_URL'] ?? '' });
await client.connect();
await client.query('create table if not exists users (email text primary key)');
await client.query('create table if not exists cart (quantity int not null)');
await client.query('insert into cart select 0 where not exists (select from cart)');
await client.query('create table if not exists seedings (at timestamptz not null default now())');
await client.query('insert into seedings default values');
await client.query('create table if not exists owner (service text primary key)');
await client.query('insert into owner values ($1) on conflict do nothing', [process.env['SERVICE'] ?? 'shop']);
await client.end();

for (const feed of ['products', 'queries', 'users']) {
  writeFileSync(join(values.feeds, `${feed}.tsv`), `seed\n${values.seed}\n`, { mode: 0o600 });
}
