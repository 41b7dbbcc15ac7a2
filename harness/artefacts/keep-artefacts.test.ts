import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepArtefacts, strangersIn } from './keep-artefacts.ts';

let root = '';
let folder = '';
const file = (name: string, text = name) => ({ name, text: () => text });

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'artefacts-'));
  folder = join(root, 'out');
});
afterEach(() => rm(root, { recursive: true }));

test('files of the time before are replaced, or removed when they are not there any more', async () => {
  await keepArtefacts(folder, [file('a.json', 'old'), file('deep/b.csv'), file('c.xml')]);
  await keepArtefacts(folder, [file('a.json', 'new'), file('deep/d.csv')]);
  expect((await readdir(folder, { recursive: true })).toSorted()).toEqual([
    'a.json',
    'artefacts.json',
    'deep',
    'deep/d.csv',
  ]);
  expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('new');
});

test('what others have put there is told, and stays', async () => {
  expect(await strangersIn(folder)).toEqual([]);
  await keepArtefacts(folder, [file('a.json')]);
  await writeFile(join(folder, 'mine.txt'), 'mine');
  expect(await strangersIn(folder)).toEqual(['mine.txt']);
  await keepArtefacts(folder, [file('b.json')]);
  expect((await readdir(folder)).toSorted()).toEqual(['artefacts.json', 'b.json', 'mine.txt']);
});

test('when something cannot be written everything stays as it was', async () => {
  await keepArtefacts(folder, [file('a.json', 'old')]);
  const failing = { name: 'a.json/b', text: () => 'in the place of a file' };
  await expect(keepArtefacts(folder, [file('a.json', 'new'), failing])).rejects.toThrow(
    'a file is in the place of a folder',
  );
  expect(await readFile(join(folder, 'a.json'), 'utf8')).toBe('old');
  expect((await readdir(folder)).toSorted()).toEqual(['a.json', 'artefacts.json']);
});

test('a list that names files elsewhere removes nothing there', async () => {
  await mkdir(folder);
  await writeFile(join(root, 'precious'), '');
  const list = { formatVersion: 1, kind: 'artefacts', files: ['../precious', join(root, 'precious')] };
  await writeFile(join(folder, 'artefacts.json'), JSON.stringify(list));
  await keepArtefacts(folder, [file('a.json')]);
  expect(await readdir(root)).toContain('precious');
});
