import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { processesOf, removeHome, testConfig } from '../../infra/local/testing/test-home.ts';

const { home } = testConfig({ first: 23_000, end: 23_100 });
const ROOT = join(import.meta.dirname, '../..');
afterAll(() => removeHome({ home }));

test('servers of a load test that is killed go by themselves, with their data', { timeout: 90_000 }, async () => {
  const config = join(import.meta.dirname, 'testing/vitest.config.ts');
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config], {
    cwd: ROOT,
    env: { ...process.env, LOAD_TEST_HOME: home },
    stdio: 'ignore',
    detached: true,
  });
  const ended = once(child, 'exit');
  await expect.poll(() => existsSync(join(home, 'up')), { timeout: 60_000 }).toBe(true);
  expect(processesOf(home).length).toBeGreaterThan(3);
  // The whole group, as a pipeline's runner does it.
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  await ended;
  await expect.poll(() => readdirSync(join(home, 'stacks')), { timeout: 20_000 }).toEqual([]);
  await expect.poll(() => processesOf(home), { timeout: 20_000 }).toEqual([]);
});
