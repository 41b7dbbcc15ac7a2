import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { examine } from '../doctor.ts';
import { createLocalBackend } from './local-backend.ts';
import { olderThan } from './program-versions.ts';
import { processesOf, removeHome, shopTopology, testConfig } from './testing/test-home.ts';

const config = testConfig({ first: 26_480, end: 26_512 });
const folder = join(config.home, 'old');
const old = { ...config, programFolders: [folder, ...config.programFolders] };
afterAll(() => removeHome(config));

/** A program that says it is of some version, and does nothing else. */
function fake(program: string, says: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, program), `#!/bin/sh\necho '${says}'\n`, { mode: 0o755 });
}

test.each([
  ['postgres', '15.4', null],
  ['postgres', '9.6.24', '15'],
  ['nginx', '1.9.15', '1.18'],
  ['nginx', '1.18.0', null],
  ['redis-server', '7.0.15', null],
  ['redis-server', '6.0', '6.2'],
] as const)('%s %s: needs %s', (program, version, oldest) => expect(olderThan(program, version)).toBe(oldest));

test('old servers are all named before anything starts, and doctor calls them missing', async () => {
  fake('postgres', 'postgres (PostgreSQL) 9.6.24');
  fake('redis-server', 'Redis server v=5.0.3 sha=00000000:0');
  const up = createLocalBackend(old).up(shopTopology(2), { name: 'shop', seed: 1, products: 1, users: 1 });
  await expect(up).rejects.toMatchObject({
    name: 'StackError',
    message: expect.stringMatching(/postgres is version 9\.6\.24, .*redis-server is version 5\.0\.3/),
  });
  expect(processesOf(config.home)).toEqual([]);
  expect(examine(old).find(({ name }) => name === 'postgres')).toMatchObject({
    status: 'missing',
    detail: expect.stringContaining('9.6.24'),
  });
});
