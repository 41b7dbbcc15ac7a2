import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, loadTest } from 'shop-plan/vitest';

// A load test that does not end; another process kills it.
const home = process.env['LOAD_TEST_HOME'] ?? '';
const ports = { first: 23_000, end: 23_100 };
const test = loadTest({ plan: 'amazon-shop', step: 1, products: 200, users: 50, home, ports });

test('goes on and on', async ({ stack, signal }) => {
  expect(stack.base_url).toContain('127.0.0.1');
  writeFileSync(join(home, 'up'), '');
  await once(signal, 'abort');
});
