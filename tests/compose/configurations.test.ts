import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
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

/** A file of a project, with those beside it and below, and the services that it may name. */
interface Configuration {
  readonly path: string;
  readonly text: string;
  readonly beside: readonly (readonly [string, string])[];
  readonly hosts: readonly string[];
}

/** Each different text once, with where it comes from; steps have most of theirs in common. */
const files = new Map(
  COMPOSED.flatMap((topology) => {
    const project = projectOf(topology);
    const hosts = Object.keys(project.compose.services);
    const all = Object.entries(project.files);
    return all.map(([path, text]): [string, Configuration] => {
      const inFolder = all.filter(([other]) => dirname(other).startsWith(dirname(path)));
      const beside = inFolder.map(([other, its]) => [relative(dirname(path), other), its] as const);
      return [JSON.stringify([basename(path), beside]), { path: `${titleOf(topology)}: ${path}`, text, beside, hosts }];
    });
  }),
);
const filesNamed = (name: string): Configuration[] =>
  [...files.values()].filter(({ path }) => path.endsWith(`/${name}`));

function firstNamed(name: string, change: (text: string) => string): Configuration {
  const [found] = filesNamed(name);
  if (found === undefined) throw new Error(`no project has a ${name}`);
  const text = change(found.text);
  return { ...found, text, beside: found.beside.map(([path, its]) => [path, its === found.text ? text : its]) };
}

let count = 0;
/** The files in a folder of their own. No service resolves here, so this machine goes by all their names. */
function written({ path, beside, hosts }: Configuration): { file: string; place: string } {
  count += 1;
  const place = join(folder, String(count));
  const longestFirst = hosts.toSorted((a, b) => b.length - a.length);
  const names = new RegExp(`(?<=[ /])(${longestFirst.join('|')})(?=:\\d)`, 'g');
  for (const [name, text] of beside) {
    mkdirSync(dirname(join(place, name)), { recursive: true });
    // What a container keeps below /tmp and /data lies in this folder.
    const here = text
      .replaceAll(names, '127.0.0.1')
      .replaceAll('"/tmp/', `"${place}/`)
      .replace('"/data"', `"${place}"`);
    writeFileSync(join(place, name), here);
  }
  return { file: join(place, basename(path)), place };
}

const program = (name: string): string => findProgram(name, folders) ?? name;

async function nginxSays(configuration: Configuration): Promise<string> {
  const { file, place } = written(configuration);
  const { stderr } = await run(program('nginx'), ['-t', '-e', 'stderr', '-p', place, '-c', file]);
  return stderr;
}

describe('nginx', () => {
  it.each(filesNamed('nginx.conf'))('accepts $path', async (configuration) => {
    expect(await nginxSays(configuration)).toContain('test is successful');
  });

  it('refuses a wrong one', async () => {
    const wrong = firstNamed('nginx.conf', (text) => text.replace('proxy_http_version', 'proxy_version'));
    await expect(nginxSays(wrong)).rejects.toThrow('proxy_version');
  });

  it('finds a host that is no service', async () => {
    const balancer = firstNamed('nginx.conf', (text) => text);
    await expect(nginxSays({ ...balancer, hosts: ['none'] })).rejects.toThrow(
      'host not found in upstream "app-1:3000"',
    );
  });
});

describe('haproxy', () => {
  it.each(filesNamed('haproxy.cfg'))('accepts $path', async (configuration) => {
    const { file } = written(configuration);
    await expect(run(program('haproxy'), ['-c', '-f', file])).resolves.toMatchObject({ stderr: '' });
  });

  it('refuses a wrong one', async () => {
    const { file } = written(firstNamed('haproxy.cfg', (text) => text.replace('leastconn', 'leastcon')));
    await expect(run(program('haproxy'), ['-c', '-f', file])).rejects.toThrow('leastcon');
  });
});

/** As the container starts it, but on a socket alone; a cluster's node would listen for others, so it is told that it is none. */
async function redisWith<T>(configuration: Configuration, ask: (client: Redis) => Promise<T>): Promise<T> {
  const alone = configuration.text.replace('cluster-enabled yes', '');
  const { file, place } = written({ ...configuration, beside: [['redis.conf', alone]] });
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
    async (configuration) => {
      const [policy, aof] = configuration.path.includes('queue') ? ['noeviction', 'yes'] : ['allkeys-lru', 'no'];
      const found = await redisWith(configuration, async (client) => [
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
    const wrong = firstNamed('redis.conf', (text) => text.replace('tcp-backlog', 'tcp-log'));
    await expect(redisWith(wrong, (client) => client.ping())).rejects.toThrow('tcp-log');
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
    async (configuration) => {
      const { file } = written(configuration);
      await expect(run('sh', ['-n', file])).resolves.toMatchObject({ stderr: '' });
    },
  );
});
