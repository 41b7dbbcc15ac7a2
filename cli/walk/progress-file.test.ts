import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import { NO_PROGRESS } from '../../model/progress/no-progress.ts';
import { withPage } from '../../model/progress/with-page.ts';
import { ProgressFile, progressPath } from './progress-file.ts';

let folder: string;
let path: string;
const said: string[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-plan-progress-'));
  path = join(folder, 'state/shop-plan/walk.json');
  said.length = 0;
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (): Promise<ProgressFile> => ProgressFile.open((message) => said.push(message), path);
const page = (lesson: string, id: string) => (progress: typeof NO_PROGRESS) =>
  withPage(progress, { lesson, page: id, isLast: false });

it.each([
  [{}, '/home/me/.local/state/shop-plan/walk.json'],
  [{ XDG_STATE_HOME: '/state' }, '/state/shop-plan/walk.json'],
  [{ XDG_STATE_HOME: 'state' }, '/home/me/.local/state/shop-plan/walk.json'],
  [{ XDG_STATE_HOME: '' }, '/home/me/.local/state/shop-plan/walk.json'],
])('with %j it lies at %s', (env, at) => expect(progressPath(env, '/home/me')).toBe(at));

test('what was kept is there in the next call, and nothing lies beside it', async () => {
  const first = await open();
  expect(first.progress).toEqual(NO_PROGRESS);
  await first.keep(page('shop/1', 'have'));
  await first.keep(page('shop/1', 'breaks'));
  const second = await open();
  expect(second.progress).toEqual(first.progress);
  expect(second.progress.lessons['shop/1']?.seen).toEqual(['have', 'breaks']);
  expect([readdirSync(dirname(path)), said]).toEqual([['walk.json'], []]);
});

test('two walks at once do not lose pages of each other', async () => {
  const [one, other] = [await open(), await open()];
  const ids = Array.from({ length: 10 }, (_, index) => `page-${index}`);
  const keepAll = async (file: ProgressFile, lesson: string): Promise<void> => {
    for (const id of ids) await file.keep(page(lesson, id));
  };
  await Promise.all([keepAll(one, 'shop/1'), keepAll(other, 'shop/2')]);
  const { lessons } = (await open()).progress;
  expect([lessons['shop/1']?.seen, lessons['shop/2']?.seen]).toEqual([ids, ids]);
});

test.each(['', '{"kind": "progress", "formatVersion": 1', '{}'])(
  'a damaged file (%j) is put aside, and the walk begins anew',
  async (text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const file = await open();
    await file.keep(page('shop/1', 'have'));
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text);
    expect((await open()).progress.at?.lesson).toBe('shop/1');
    expect(said).toEqual([expect.stringContaining('cannot be read')]);
    writeFileSync(path, 'again');
    await open();
    expect(readdirSync(dirname(path)).toSorted()).toEqual(['walk.json.damaged', 'walk.json.damaged-2']);
  },
);

test('the file of a newer shop-plan is left as it is', async () => {
  mkdirSync(dirname(path), { recursive: true });
  const newer = JSON.stringify({ ...NO_PROGRESS, formatVersion: 2 });
  writeFileSync(path, newer);
  const file = await open();
  await file.keep(page('shop/1', 'have'));
  expect(file.progress.at?.lesson).toBe('shop/1');
  expect(readFileSync(path, 'utf8')).toBe(newer);
  expect(said).toEqual([expect.stringContaining('is not kept this time')]);
});

test('where nothing can be written, it is said once and the walk goes on', async () => {
  writeFileSync(join(folder, 'state'), 'a file in the place of the folder');
  const file = await open();
  await file.keep(page('shop/1', 'have'));
  await file.keep(page('shop/1', 'breaks'));
  expect(file.progress.lessons['shop/1']?.seen).toEqual(['have', 'breaks']);
  expect(file.isKept).toBe(false);
  expect(said).toEqual([expect.stringContaining('is not kept this time')]);
});
