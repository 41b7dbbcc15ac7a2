/** A stand-in for the URL shortener's seeder: a schema for `fixture-shortener.ts` in each shard, which is told its number. */
import { Client } from 'pg';

for (const [index, connectionString] of (process.env['DATABASE_URL'] ?? '').split(',').entries()) {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('create table if not exists urls (code text primary key, url text not null)');
  await client.query('create table if not exists shard (number int primary key)');
  await client.query('insert into shard values ($1) on conflict do nothing', [index + 1]);
  await client.end();
}
