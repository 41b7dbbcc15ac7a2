import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, afterEach, expect, test } from 'vitest';
import { isOfAnotherHome } from './listeners.ts';
import { stackEnvironment } from './marks.ts';
import { isListening } from './ports.ts';
import { removeHome, testConfig } from './testing/test-home.ts';

const PORT = 29_260;
const LISTENER = `require('node:net').createServer().listen(${PORT}, '127.0.0.1')`;
const config = testConfig({ first: 29_248, end: 29_264 });
const started: ChildProcess[] = [];

afterEach(async () => {
  for (const child of started.splice(0)) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
});
afterAll(() => removeHome(config));

test.each([
  ['of a stack of this home', config.home, false],
  ['of a stack of another home', '/elsewhere', true],
])('a listener %s', async (_, home, expected) => {
  started.push(
    spawn(process.execPath, ['-e', LISTENER], { env: stackEnvironment({ ...config, home }, 'shop', 'id', '/') }),
  );
  await expect.poll(() => isListening(PORT)).toBe(true);
  expect(isOfAnotherHome(PORT, config.home)).toBe(expected);
});

test('a listener without any mark may be what escaped, and nobody is nobody', async () => {
  expect(isOfAnotherHome(PORT, config.home)).toBe(false);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(PORT, '127.0.0.1', resolve));
  expect(isOfAnotherHome(PORT, config.home)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
});
