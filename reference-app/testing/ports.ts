import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const FIRST_PORT = 21_000;
const LAST_PORT = 21_999;
/** One file a port that was given out, with the process it was given to. */
const CLAIMS = join(tmpdir(), 'shop-test-ports');

/** A port in the tests' range that nobody listens on, and that no other living test process has been given. */
export async function freePort(): Promise<number> {
  mkdirSync(CLAIMS, { recursive: true, mode: 0o777 });
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    const port = FIRST_PORT + Math.floor(Math.random() * (LAST_PORT - FIRST_PORT + 1));
    if (claim(port) && (await canBind(port))) return port;
  }
  throw new Error(`no free port between ${FIRST_PORT} and ${LAST_PORT}`);
}

/** Between the look at a port and its use somebody else would take it, when files run at once. */
function claim(port: number): boolean {
  const file = join(CLAIMS, String(port));
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (isLiving(file)) return false;
    // Its process has ended; whoever comes next may have it.
    rmSync(file, { force: true });
    return false;
  }
}

function isLiving(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

async function canBind(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const server = createServer();
  server.once('error', () => resolve(false));
  server.listen({ port, host: '127.0.0.1' }, () => server.close(() => resolve(true)));
  return await promise;
}
