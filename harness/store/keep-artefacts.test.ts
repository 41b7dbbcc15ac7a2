import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { assertWritable, folderState, keepArtefacts } from './keep-artefacts.ts';

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'shop-plan-artefacts-'))));
afterEach(() => rmSync(root, { recursive: true }));

const file = (name: string, text: string): { name: string; text: () => string } => ({ name, text: () => text });
const NAMES = ['a.json', 'sub'];

test('a folder is free, holds artefacts, or something of somebody else', async () => {
  const folder = join(root, 'out');
  expect(await folderState(folder, NAMES)).toBe('free');
  mkdirSync(folder);
  expect(await folderState(folder, NAMES)).toBe('free');
  writeFileSync(join(folder, 'a.json'), '');
  expect(await folderState(folder, NAMES)).toBe('artefacts');
  writeFileSync(join(folder, 'thesis.md'), '');
  expect(await folderState(folder, NAMES)).toEqual({ foreign: 'thesis.md' });
  expect(await folderState(join(folder, 'thesis.md'), NAMES)).toBe('file');
});

test('all files are there, those of a folder in it', async () => {
  const folder = join(root, 'new/out');
  await keepArtefacts(folder, [file('a.json', '1'), file('sub/b.csv', '2')]);
  expect(readFileSync(join(folder, 'sub/b.csv'), 'utf8')).toBe('2');
  expect(readdirSync(join(root, 'new'))).toEqual(['out']);
});

test('what was there before is gone as a whole', async () => {
  const folder = join(root, 'out');
  await keepArtefacts(folder, [file('a.json', '1'), file('sub/b.csv', '2')]);
  await keepArtefacts(folder, [file('a.json', '3')]);
  expect(readdirSync(folder)).toEqual(['a.json']);
  expect(readdirSync(root)).toEqual(['out']);
});

test('a report that fails leaves what was there before', async () => {
  const folder = join(root, 'out');
  await keepArtefacts(folder, [file('a.json', '1')]);
  const failing = { name: 'b.json', text: () => JSON.stringify({ n: 1n }) };
  await expect(keepArtefacts(folder, [file('a.json', '2'), failing])).rejects.toThrow('BigInt');
  await expect(keepArtefacts(folder, [file('a.json', '2'), file('a.json/b', '')])).rejects.toThrow(
    'a file is in the place',
  );
  expect(readFileSync(join(folder, 'a.json'), 'utf8')).toBe('1');
  expect(readdirSync(root)).toEqual(['out']);
});

test('where nothing can be made that is said, before and after', async () => {
  // Node's own `mkdir` with `recursive` never comes back from here.
  await expect(assertWritable('/proc/none/out')).rejects.toThrow(
    'cannot write in /proc/none: nothing can be made there',
  );
  await expect(keepArtefacts('/proc/none/out', [file('a.json', '1')])).rejects.toThrow('nothing can be made there');
  await expect(assertWritable(join(root, 'deep', 'out'))).resolves.toBeUndefined();
  expect(readdirSync(root)).toEqual([]);
});
