import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { cleanLeftovers } from './leftovers.ts';
import { stackEnvironment } from './marks.ts';
import { findStrays, sweepStack } from './sweep.ts';
import { removeHome, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 29_000, end: 29_032 });
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
afterAll(() => removeHome(config));

test('ends the marked processes of one stack of one home, and nothing else', async () => {
  const own = await sleeper({ env: stackEnvironment(config, 'mine', 'id', '/') });
  const others = [
    await sleeper({ env: stackEnvironment(config, 'theirs', 'id', '/') }),
    await sleeper({ env: stackEnvironment({ ...config, home: '/elsewhere' }, 'mine', 'id', '/') }),
    await sleeper({ env: {} }),
  ];
  expect(findStrays(config.home).map(({ stack }) => stack)).toEqual(['mine', 'theirs']);
  const { swept, left } = await sweepStack(config.home, 'mine');
  expect(swept.map(({ pid }) => pid)).toEqual([own.pid]);
  expect(left).toEqual([]);
  await expect.poll(() => own.signalCode).toBe('SIGTERM');
  expect(others.map(({ exitCode, signalCode }) => exitCode ?? signalCode)).toEqual([null, null, null]);
});

test('the shell of a user in the folder of a stack is none of ours', async () => {
  const cwd = join(config.home, 'stacks/mine/logs');
  mkdirSync(cwd, { recursive: true });
  await sleeper({ cwd, env: {} });
  expect(findStrays(config.home)).toEqual([]);
});

test('what runs of a stack that is down is cleaned up', async () => {
  const stray = await sleeper({ env: stackEnvironment(config, 'gone', 'id', '/') });
  const { cleaned } = await cleanLeftovers(config);
  expect(cleaned).toEqual([`stack \`gone\` is down but process ${stray.pid} (sleep) runs`]);
  expect(findStrays(config.home)).toEqual([]);
});

async function sleeper(options: {
  readonly env: Record<string, string>;
  readonly cwd?: string;
}): Promise<ChildProcess> {
  const child = spawn('/bin/sleep', ['60'], { cwd: '/', ...options, stdio: 'ignore' });
  started.push(child);
  await once(child, 'spawn');
  return child;
}
