import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Below the ephemeral range, one after the other until one is free. */
const PORTS = Array.from({ length: 20 }, (_, i) => 24_800 + i);
const READY_WITHIN_MS = 5000;

export interface NullServer {
  readonly url: string;
  /** Requests that nginx has counted, without those that asked for this. */
  requests(): Promise<number>;
  stop(): Promise<void>;
}

function configuration(folder: string, port: number): string {
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  );
  return `worker_processes 1; daemon off; pid ${folder}/pid; error_log stderr crit;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 1000000000; ${temp.join(' ')}
  server {
    listen 127.0.0.1:${port} backlog=4096;
    default_type application/json;
    location / { return 200 '{"id":1,"name":"a product","price_cents":1999}'; }
    location = /status { stub_status; }
  }
}
`;
}

/** Starts an nginx of our own that answers everything with a fixed body. Throws when there is none or no port is free. */
export async function startNullServer(): Promise<NullServer> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-plan-bench-'));
  for (const port of PORTS) {
    const path = join(folder, `${port}.conf`);
    await writeFile(path, configuration(folder, port));
    const nginx = spawn('nginx', ['-c', path], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/usr/local/sbin` },
    });
    if (await isReady(nginx, `http://127.0.0.1:${port}`)) return serverOf(nginx, port, folder);
  }
  await rm(folder, { recursive: true, force: true });
  throw new Error(`nginx did not start on any of the ports ${PORTS[0]} to ${PORTS.at(-1)}`);
}

/** False when the process ended, which it does at once if the port is taken. */
async function isReady(nginx: ChildProcess, url: string): Promise<boolean> {
  let failure: Error | undefined;
  nginx.once('error', (error) => (failure = error));
  for (let waited_ms = 0; waited_ms < READY_WITHIN_MS; waited_ms += 50) {
    await wait(50);
    if (failure !== undefined) throw new Error(`nginx cannot be started: ${failure.message}`);
    if (nginx.exitCode !== null) return false;
    // Refused until it listens.
    const answer = await fetch(`${url}/status`).catch(() => null);
    if (answer?.ok && nginx.exitCode === null) return true;
  }
  nginx.kill();
  return false;
}

function serverOf(nginx: ChildProcess, port: number, folder: string): NullServer {
  let asked = 1;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    async requests() {
      const text = await (await fetch(`${url}/status`)).text();
      const [, , requests] = /(\d+) (\d+) (\d+)/.exec(text)?.slice(1) ?? [];
      asked++;
      return Number(requests) - asked;
    },
    async stop() {
      if (nginx.exitCode === null) {
        nginx.kill('SIGTERM');
        await once(nginx, 'exit');
      }
      await rm(folder, { recursive: true, force: true });
    },
  };
}
