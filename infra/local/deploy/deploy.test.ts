import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Stack } from '../../backend.ts';
import { createLocalBackend } from '../local-backend.ts';
import { streamRequests } from '../testing/request-stream.ts';
import { fixture, locksOf, processesOf, removeHome, shopTopology, testConfig } from '../testing/test-home.ts';

const config = testConfig({ first: 26_400, end: 26_480 });
const backend = createLocalBackend(config);
const rows = { seed: 1, products: 1, users: 1 };
const BLUE = ['app-1', 'app-2'];
const GREEN = ['app-1-green', 'app-2-green'];
let stack: Stack;

beforeEach(async () => {
  stack = await backend.up(shopTopology(1), { name: 'victim', ...rows });
});

afterEach(async () => {
  const { left } = await backend.down('victim');
  const remains = [...left, ...processesOf(config.home), ...locksOf(config.home)];
  if (remains.length > 0) throw new Error(`left after the test: ${remains.join(', ')}`);
});

afterAll(() => removeHome(config));

/** A version of the application that differs from the present one by these lines. */
function version(name: string, lines: string): string {
  const file = join(config.home, `${name}.ts`);
  writeFileSync(file, `${lines}\nawait import('${fixture('fixture-app.ts')}');\n`, { mode: 0o644 });
  return file;
}

/** Who answers now. */
async function answering(): Promise<string[]> {
  const answers = Array.from({ length: 8 }, async () => {
    const response = await fetch(`${stack.base_url}/api/v1/whoami`, { headers: { connection: 'close' } });
    return ((await response.json()) as { instance: string }).instance;
  });
  return [...new Set(await Promise.all(answers))].toSorted();
}

async function running(): Promise<string[]> {
  const status = await backend.status('victim');
  const app = status?.stack.processes.filter(({ tier }) => tier === 'app').map(({ id }) => id);
  return (app ?? []).toSorted();
}

/** Instances that get no requests. */
async function waitingOnes(): Promise<string[]> {
  const status = await backend.status('victim');
  return (status?.processes ?? []).flatMap(({ id, role }) => (role === 'waiting' ? [id] : [])).toSorted();
}

describe('under a stream of requests', () => {
  test('nothing fails from one version to the next, back, and on again', async () => {
    const stream = streamRequests(stack.base_url, 24);
    const seen = (): string[] =>
      [...stream.streamed.answers.keys()].map((text) => (JSON.parse(text) as { instance: string }).instance).toSorted();
    await expect.poll(seen).toEqual(BLUE);

    const { live, waiting, watched } = await backend.deploy('victim', { watch_s: 1 });
    expect([live, waiting]).toEqual([GREEN, BLUE]);
    expect(watched).toMatchObject({ errors: 0 });
    expect(watched?.requests).toBeGreaterThan(0);
    expect(await answering()).toEqual(GREEN);
    expect(await waitingOnes()).toEqual(BLUE);

    expect(await backend.rollBack('victim')).toMatchObject({ live: BLUE, ended: GREEN });
    expect(await answering()).toEqual(BLUE);

    await backend.deploy('victim', { watch_s: 0 });
    expect(await backend.finishDeployment('victim')).toMatchObject({ live: GREEN, ended: BLUE });
    expect(await running()).toEqual(GREEN);

    expect(await backend.deploy('victim', { watch_s: 0 })).toMatchObject({ live: BLUE, waiting: GREEN });
    expect(await answering()).toEqual(BLUE);
    const { failures } = await stream.end();
    expect(failures).toEqual([]);
    expect(seen()).toEqual([...BLUE, ...GREEN].toSorted());
  });
});

describe('a version that is not fit', () => {
  test.for([
    ['does not start', `throw new Error('no such version')`, 'no such version'],
    ['loses what is written', `process.env.BROKEN_ROUTE = 'PUT /cart/items/1'`, 'is not fit for service'],
  ] as const)('which %s never gets a request', async ([name, lines, message]) => {
    const entry = version(name.replaceAll(' ', '-'), lines);
    const stream = streamRequests(stack.base_url, 4);
    const deployed = backend.deploy('victim', { entry, watch_s: 1 });
    await expect(deployed).rejects.toThrow(`the deployment of \`app\` was rolled back`);
    await expect(deployed).rejects.toThrow(message);
    expect(await running()).toEqual(BLUE);
    const { failures, answers } = await stream.end();
    expect([failures, [...answers.keys()].filter((text) => text.includes('green'))]).toEqual([[], []]);
  });

  test('is taken back when its answers turn out to be failures', async () => {
    const stream = streamRequests(stack.base_url, 4);
    const entry = version('fails-later', `process.env.BROKEN_ROUTE = 'GET /whoami'`);
    const deployed = backend.deploy('victim', { entry, watch_s: 30 });
    await expect(deployed).rejects.toThrow(/rolled back: \d+ of \d+ requests to the new instances failed/);
    expect(await answering()).toEqual(BLUE);
    expect(await running()).toEqual(BLUE);
    expect(new Set((await stream.end()).failures)).toEqual(new Set(['status 500']));
  });

  test('is taken back when it ends', async () => {
    const onProgress = (message: string): void => {
      if (message.startsWith('watching')) void endOf('app-2-green');
    };
    const deployed = backend.deploy('victim', { watch_s: 30, onProgress });
    await expect(deployed).rejects.toThrow('`app-2-green` has ended');
    expect(await running()).toEqual(BLUE);
  });
});

describe('an interrupt', () => {
  test('rolls back', async () => {
    const interrupt = new AbortController();
    const onProgress = (message: string): void => {
      if (message.startsWith('watching')) interrupt.abort();
    };
    const deployed = backend.deploy('victim', { watch_s: 30, signal: interrupt.signal, onProgress });
    await expect(deployed).rejects.toThrow('rolled back: it was interrupted');
    expect([await running(), await answering()]).toEqual([BLUE, BLUE]);
  });

  test.for([
    ['starting', BLUE],
    ['checking', BLUE],
    ['watching', GREEN],
  ] as const)(
    'by SIGKILL while %s leaves one version, and the next deployment cleans up',
    async ([moment, expected]) => {
      await killAtProgress(moment);
      expect(await answering()).toEqual(expected);
      const messages: string[] = [];
      const onProgress = (message: string): void => void messages.push(message);
      expect(await backend.deploy('victim', { watch_s: 0, onProgress })).toMatchObject({ live: GREEN, waiting: BLUE });
      expect(messages).toContain('ending the deployment of `app` before this one');
      expect(await answering()).toEqual(GREEN);
      expect(await running()).toEqual([...BLUE, ...GREEN].toSorted());
    },
  );
});

describe('what cannot be', () => {
  test('a port that somebody else has taken meanwhile is said, and nothing changes', async () => {
    const foreign = createServer();
    const free = Math.max(...stack.processes.filter(({ tier }) => tier === 'app').map(({ port }) => port)) + 1;
    await new Promise<void>((resolve) => foreign.listen(free, '127.0.0.1', resolve));
    try {
      await expect(backend.deploy('victim', { watch_s: 0 })).rejects.toMatchObject({
        message: expect.stringContaining('EADDRINUSE'),
        help: expect.stringContaining('took the port'),
      });
      expect([await running(), await answering()]).toEqual([BLUE, BLUE]);
    } finally {
      foreign.close();
    }
  });

  test('is refused before anything is started', async () => {
    await expect(backend.deploy('nobody', { watch_s: 0 })).rejects.toThrow('no stack `nobody` is up');
    await expect(backend.rollBack('victim')).rejects.toThrow('nothing is being deployed to stack `victim`');
    await expect(backend.deploy('victim', { tier: 'db', watch_s: 0 })).rejects.toThrow(
      'tier `db` is of kind `postgres`',
    );
    const settings = { stampede: 'maybe' };
    await expect(backend.deploy('victim', { settings, watch_s: 0 })).rejects.toThrow('setting `stampede`');
    expect(await running()).toEqual(BLUE);
  });

  test('old instances that are gone are not switched back to', async () => {
    await backend.deploy('victim', { watch_s: 0 });
    await endOf('app-1');
    await expect(backend.rollBack('victim')).rejects.toThrow('cannot switch back: `app-1` is not well');
    expect(await answering()).toEqual(GREEN);
    expect(await backend.finishDeployment('victim')).toMatchObject({ live: GREEN });
  });
});

async function endOf(id: string): Promise<void> {
  const find = async (): Promise<{ pid: number; alive: boolean } | undefined> => {
    const status = await backend.status('victim');
    const pid = status?.stack.processes.find((process) => process.id === id)?.pid ?? 0;
    return { pid, alive: status?.processes.find((process) => process.id === id)?.alive ?? false };
  };
  process.kill((await find())?.pid ?? 0, 'SIGKILL');
  await expect.poll(async () => (await find())?.alive).toBe(false);
}

async function killAtProgress(word: string): Promise<void> {
  const { first, end } = config.ports;
  const child: ChildProcess = spawn(
    process.execPath,
    [fixture('starter.ts'), 'deploy', config.home, String(first), String(end)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  for await (const chunk of child.stdout ?? []) {
    if (!String(chunk).includes(word)) continue;
    child.kill('SIGKILL');
    break;
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
