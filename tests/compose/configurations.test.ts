import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { findProgram, programFolders } from '../../infra/local/programs.ts';
import { COMPOSED, projectOf, titleOf } from './projects.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-compose-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const folders = programFolders(process.env['PATH'] ?? '');
const run = promisify(execFile);

/** Each different text once, with where it comes from; steps have most of theirs in common. */
const files = new Map(
  COMPOSED.flatMap((topology) => {
    const project = projectOf(topology);
    const hosts = Object.keys(project.compose.services);
    return Object.entries(project.files).map(([path, text]) => [
      text,
      { path: `${titleOf(topology)}: ${path}`, hosts },
    ]);
  }),
);
const filesNamed = (name: string) =>
  [...files]
    .filter(([, { path }]) => path.endsWith(`/${name}`))
    .map(([text, { path, hosts }]) => ({ text, path, hosts }));

let count = 0;
/** A folder of its own with one file in it; what names a service names this machine there, as no service resolves here. */
function written(
  name: string,
  { text, hosts }: { text: string; hosts: readonly string[] },
): { file: string; place: string } {
  count += 1;
  const place = join(folder, String(count));
  mkdirSync(join(place, 'tmp'), { recursive: true });
  const longestFirst = hosts.toSorted((a, b) => b.length - a.length);
  const names = new RegExp(`(?<=[ /])(${longestFirst.join('|')})(?=:\\d)`, 'g');
  const file = join(place, name);
  // What a container keeps below /tmp and /var lies in this folder, and a test has no accounts but its own.
  const own = text
    .replaceAll(names, '127.0.0.1')
    .replaceAll(/(?<=\s)\/(tmp|var\/cache\/edge)(?=[/ ])/g, `${place}/tmp`);
  writeFileSync(file, own.replace(/^user nginx;\n/, ''));
  return { file, place };
}

const program = (name: string): string => findProgram(name, folders) ?? name;

async function nginxSays(text: string, hosts: readonly string[] = []): Promise<string> {
  const { file, place } = written('nginx.conf', { text, hosts });
  const { stderr } = await run(program('nginx'), ['-t', '-e', 'stderr', '-p', place, '-c', file]);
  return stderr;
}

describe('nginx', () => {
  it.each(filesNamed('nginx.conf'))('accepts $path', async ({ text, hosts }) => {
    expect(await nginxSays(text, hosts)).toContain('test is successful');
  });

  it('refuses a wrong one', async () => {
    const [{ text, hosts } = { text: '', hosts: [] }] = filesNamed('nginx.conf');
    await expect(nginxSays(text.replace('proxy_http_version', 'proxy_version'), hosts)).rejects.toThrow(
      'proxy_version',
    );
  });
});

describe('haproxy', () => {
  it.each(filesNamed('haproxy.cfg'))('accepts $path', async ({ text, hosts }) => {
    const { file } = written('haproxy.cfg', { text, hosts });
    await expect(run(program('haproxy'), ['-c', '-f', file])).resolves.toMatchObject({ stderr: '' });
  });

  it('refuses a wrong one', async () => {
    const [{ text, hosts } = { text: '', hosts: [] }] = filesNamed('haproxy.cfg');
    const { file } = written('haproxy.cfg', { text: text.replace('leastconn', 'leastcon'), hosts });
    await expect(run(program('haproxy'), ['-c', '-f', file])).rejects.toThrow('leastcon');
  });
});

/** As the container starts it, but on a socket alone; a cluster's node would listen for others, so it is told that it is none. */
async function redisWith<T>(text: string, ask: (client: Redis) => Promise<T>): Promise<T> {
  const { file, place } = written('redis.conf', { text: text.replace('cluster-enabled yes', ''), hosts: [] });
  writeFileSync(file, readFileSync(file, 'utf8').replace('dir "/data"', `dir "${place}"`));
  const socket = join(place, 'socket');
  const options = ['--port', '0', '--unixsocket', socket, '--dir', place, '--requirepass', 'secret'];
  const server = spawn(program('redis-server'), [file, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  server.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  server.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<never>((_, reject) => server.once('close', () => reject(new Error(said))));
  const client = new Redis({ path: socket, password: 'secret', retryStrategy: () => 50, maxRetriesPerRequest: null });
  // There is nothing to connect to until the server has made its socket.
  client.on('error', () => undefined);
  try {
    return await Promise.race([ask(client), ended]);
  } finally {
    client.disconnect();
    server.kill('SIGTERM');
    await ended.catch(() => undefined);
  }
}

describe('redis', () => {
  it.each(filesNamed('redis.conf').filter(({ path }) => path.endsWith('-1/redis.conf')))(
    'accepts $path',
    async ({ text, path }) => {
      const [policy, aof] = path.includes('queue') ? ['noeviction', 'yes'] : ['allkeys-lru', 'no'];
      const found = await redisWith(text, async (client) => [
        await client.config('GET', 'maxmemory-policy'),
        await client.config('GET', 'appendonly'),
      ]);
      expect(found).toEqual([
        ['maxmemory-policy', policy],
        ['appendonly', aof],
      ]);
    },
  );

  it('refuses a wrong one', async () => {
    const [{ text } = { text: '' }] = filesNamed('redis.conf');
    await expect(redisWith(text.replace('tcp-backlog', 'tcp-log'), (client) => client.ping())).rejects.toThrow(
      'tcp-log',
    );
  });
});

const nodeShape = z.object({
  name: z.string(),
  postgresql: z.object({ connect_address: z.string() }),
  etcd3: z.object({ hosts: z.array(z.string()).min(1) }),
  bootstrap: z.object({ dcs: z.object({ ttl: z.number() }), post_bootstrap: z.string() }),
});

describe('patroni', () => {
  it.each(filesNamed('patroni.json'))('is told where it and etcd are: $path', ({ text, hosts }) => {
    const { name, postgresql, etcd3 } = nodeShape.parse(JSON.parse(text));
    const named = [postgresql.connect_address, ...etcd3.hosts].map((address) => address.split(':')[0]);
    expect(named).toEqual([name, ...hosts.filter((host) => host.includes('-etcd-'))]);
    expect(text).not.toContain('127.0.0.1');
  });
});

describe('sh', () => {
  it.each(filesNamed('create-application.sh').concat(filesNamed('form-cluster.sh')))(
    'accepts $path',
    async ({ text }) => {
      const { file } = written('script.sh', { text, hosts: [] });
      await expect(run('sh', ['-n', file])).resolves.toMatchObject({ stderr: '' });
    },
  );
});
