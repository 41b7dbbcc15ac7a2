import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { ownedFolder, unprivilegedOwner, type Owner } from './owner.ts';
import { freePort } from './ports.ts';
import { ServerProcess } from './server-process.ts';

const run = promisify(execFile);
const POSTGRES_FOLDERS = ['/usr/lib/postgresql/15/bin', '/usr/lib/postgresql/16/bin', '/usr/lib/postgresql/17/bin'];

/** A real server of a test. Data survives `kill` and `start`; `stop` removes everything. */
export interface TestServer {
  readonly url: string;
  /** Ends it at once, without a shutdown: what clients see of a crash. */
  kill(): Promise<void>;
  /** Stops scheduling it (SIGSTOP): connections stay open and nothing answers. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A PostgreSQL of its own on a free port, with an empty database `shop`. Not for anything that should survive a power cut. */
export async function startPostgres(): Promise<TestServer> {
  const initdb = findProgram('initdb', POSTGRES_FOLDERS);
  const postgres = findProgram('postgres', POSTGRES_FOLDERS);
  const owner = unprivilegedOwner();
  const folder = await ownedFolder('shop-pg-', owner);
  const data = join(folder, 'data');
  await run(initdb, ['-D', data, '-U', 'shop', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'], owner);
  const server = await runPostgres(postgres, folder, owner);
  await query(server.url.replace(/shop$/, 'postgres'), 'CREATE DATABASE shop');
  return server;
}

/** A streaming replica of it. What it shows can be held back: `SELECT pg_wal_replay_pause()`. */
export async function startReplica(primary: TestServer): Promise<TestServer> {
  const owner = unprivilegedOwner();
  const folder = await ownedFolder('shop-pg-', owner);
  const from = ['-d', primary.url.replace(/shop$/, 'postgres'), '-D', join(folder, 'data')];
  const args = [...from, '--write-recovery-conf', '--wal-method=stream', '--checkpoint=fast', '--no-sync'];
  await run(findProgram('pg_basebackup', POSTGRES_FOLDERS), args, owner);
  return await runPostgres(findProgram('postgres', POSTGRES_FOLDERS), folder, owner);
}

async function runPostgres(command: string, folder: string, owner: Owner): Promise<TestServer> {
  const port = await freePort();
  const fast = [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'shared_buffers=64MB',
    'max_connections=200',
  ];
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`, ...fast];
  const args = ['-D', join(folder, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
  const ready = async () => {
    await query(`postgres://shop@127.0.0.1:${port}/postgres`, 'SELECT 1');
  };
  const server = new ServerProcess({ command, args, owner, folder, ready, killSignal: 'SIGQUIT' });
  await server.startOrClean();
  return Object.assign(server, { url: `postgres://shop@127.0.0.1:${port}/shop` });
}

/** A Redis of its own on a free port, in memory only. */
export async function startRedis(more: readonly string[] = []): Promise<TestServer> {
  const command = findProgram('redis-server', []);
  const owner = unprivilegedOwner();
  const folder = await ownedFolder('shop-redis-', owner);
  const port = await freePort();
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--save',
    '',
    '--appendonly',
    'no',
    ...more,
  ];
  const ready = () => ping(port);
  const server = new ServerProcess({ command, args, owner, folder, ready, killSignal: 'SIGKILL' });
  await server.startOrClean();
  return Object.assign(server, { url: `redis://127.0.0.1:${port}` });
}

/** Runs one SQL text on a connection of its own. */
export async function query<Row extends object>(url: string, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  // A server that is killed breaks the connection; the query's own rejection tells.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row & Record<string, unknown>>(text, values)).rows;
  } finally {
    await client.end();
  }
}

async function ping(port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
  socket.once('data', (data) => (data.toString().startsWith('+PONG') ? resolve() : reject(new Error('not ready'))));
  socket.once('error', reject);
  socket.once('close', () => reject(new Error('closed')));
  try {
    await promise;
  } finally {
    socket.destroy();
  }
}

export function findProgram(name: string, folders: readonly string[]): string {
  const places = [...folders, ...(process.env['PATH'] ?? '').split(delimiter)];
  const found = places.map((place) => join(place, name)).find((path) => existsSync(path));
  if (found === undefined) throw new Error(`${name} is not installed; looked in ${places.join(', ')}`);
  return found;
}

/** Resolves when somebody accepts connections on the port. */
export async function openTo(port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host: '127.0.0.1', port }, resolve);
  socket.once('error', reject);
  try {
    await promise;
  } finally {
    socket.destroy();
  }
}
