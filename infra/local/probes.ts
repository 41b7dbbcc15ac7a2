import { get } from 'node:http';
import { connect } from 'node:net';
import { Client } from 'pg';

const TIMEOUT_MS = 1_000;
/** A checkpoint may take that long; what takes longer waits for something that does not come. */
const STATEMENT_TIMEOUT_MS = 30_000;

/** Resolves when a GET answers 200 within a second; rejects with what came instead. */
export function askHttp(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: TIMEOUT_MS }, (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`${url} answered ${response.statusCode}`));
    });
    request.once('timeout', () => request.destroy(new Error(`${url} did not answer within ${TIMEOUT_MS} ms`)));
    request.once('error', reject);
  });
}

/** Resolves when PostgreSQL signs the user in and answers a query. */
export async function askPostgres(url: string): Promise<void> {
  await query(url, 'select 1');
}

/** Runs one statement on a connection of its own and returns its rows. Rejects when that takes more than 30 s. */
export async function query(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: STATEMENT_TIMEOUT_MS,
  });
  // A connection that breaks while idle says so here; the query's own promise carries the error that counts.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Resolves when Redis accepts the password and answers PING. Speaks inline commands, as redis.io/docs/reference/protocol-spec. */
export function askRedis(port: number, password: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect({ port, host: '127.0.0.1', timeout: TIMEOUT_MS });
    socket.setEncoding('utf8');
    socket.once('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (text: string) => {
      answer += text;
      if (!answer.includes('+PONG') && !answer.includes('-')) return;
      socket.destroy();
      if (answer === '+OK\r\n+PONG\r\n') resolve();
      else reject(new Error(`Redis answered ${JSON.stringify(answer)}`));
    });
    socket.once('timeout', () => socket.destroy(new Error(`Redis did not answer within ${TIMEOUT_MS} ms`)));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('Redis closed the connection')));
  });
}
