import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { cleanLeftovers, examine } from '../../infra/doctor.ts';
import { localConfig } from '../../infra/local/config.ts';
import { readManifest } from '../../infra/local/manifest.ts';
import { isListening } from '../../infra/local/ports.ts';
import { stackPaths } from '../../infra/local/stack-paths.ts';
import { locksOf, processesOf } from '../../infra/local/testing/test-home.ts';

/** Ports that processes of a stack had when it was last written down. */
export function recordedPorts(home: string, name: string): number[] {
  const manifest = readManifest(stackPaths(home, name).manifest);
  return (manifest?.processes ?? []).map(({ port }) => port).filter((port) => port > 0);
}

/** What is left of all stacks of a home that should be gone, in words. */
export async function remainsOf(home: string, ports: readonly number[]): Promise<string[]> {
  const config = localConfig({ home });
  const listening = await Promise.all(ports.map(async (port) => ({ port, open: await isListening(port) })));
  const leftovers = examine(config).filter(({ name, status }) => name === 'leftovers' && status !== 'ok');
  return [
    ...processesOf(home).map((line) => `process ${line}`),
    ...listening.filter(({ open }) => open).map(({ port }) => `port ${port} answers`),
    ...locksOf(home).map((name) => `lock ${name}`),
    ...leftovers.map(({ detail }) => detail),
  ];
}

/** Ends what was found, so that it is counted once. */
export async function clear(home: string): Promise<void> {
  await cleanLeftovers({ home });
}

/** A server of the same kind, which listens at that socket, and a listener that are nobody's business: they have to be there at the end. */
export async function bystanders(socket: string): Promise<{ harmed(): string[]; end(): Promise<void> }> {
  const redis: ChildProcess = spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', ''], {
    stdio: 'ignore',
  });
  await once(redis, 'spawn');
  const listener: Server = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  return {
    harmed: () => [
      ...(redis.exitCode === null && redis.signalCode === null ? [] : ['a Redis of somebody else ended']),
      ...(listener.listening ? [] : ['a listener of somebody else closed']),
    ],
    async end() {
      listener.close();
      redis.kill();
      await once(redis, 'exit');
    },
  };
}
