import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { placementOf } from './shortener/placement.ts';

const PROGRAM = fileURLToPath(new URL('shortener-placement.ts', import.meta.url));

test('every code gets the shard that the application looks for it in', () => {
  const codes = Array.from({ length: 200 }, (_, index) => `code${index}`);
  const args = [PROGRAM, '--shards', '5', '--sharding', 'modulo'];
  const told = execFileSync(process.execPath, args, { input: codes.join('\n'), encoding: 'utf8' });
  const placement = placementOf('modulo', 5);
  expect(told.trimEnd().split('\n').map(Number)).toEqual(codes.map((code) => placement(code)));
});

test.each([[['--shards', '0']], [['--sharding', 'range']], [['--shard', '5']]])('%s is wrong usage', (args) => {
  const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { input: '', encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^placement: /);
});
