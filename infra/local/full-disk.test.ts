import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createLocalBackend } from './local-backend.ts';
import { stackPaths } from './stack-paths.ts';
import { locksOf, processesOf, removeHome, shopTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 26_512, end: 26_560 });
const backend = createLocalBackend(config);
const options = { name: 'shop', seed: 1, products: 1, users: 1 };
const paths = stackPaths(config.home, 'shop');

afterAll(async () => {
  await backend.down('shop');
  removeHome(config);
});

/** From now on every write of this file fails as on a full disk: `/dev/full` has no room for a byte. */
function fill(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  symlinkSync('/dev/full', file);
}

test('a start without room says so, and leaves nothing running', async () => {
  fill(`${paths.secrets}.new`);
  await expect(backend.up(shopTopology(1), options)).rejects.toMatchObject({
    name: 'StackError',
    message: expect.stringMatching(/^cannot write below .*ENOSPC/),
    help: expect.stringContaining('SHOP_PLAN_HOME'),
  });
  expect([...processesOf(config.home), ...locksOf(config.home)]).toEqual([]);
  rmSync(`${paths.secrets}.new`);
});

test('a stack on a disk that is full by now can be taken down, but not deployed to', async () => {
  await backend.up(shopTopology(1), options);
  fill(`${paths.manifest}.new`);
  await expect(backend.deploy('shop', { watch_s: 0 })).rejects.toThrow(/^cannot write below/);
  expect((await backend.status('shop'))?.processes.every(({ healthy }) => healthy)).toBe(true);
  expect((await backend.down('shop')).left).toEqual([]);
  expect([...processesOf(config.home), ...locksOf(config.home)]).toEqual([]);
});
