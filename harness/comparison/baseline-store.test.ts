import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { baselines, readBaseline, saveBaseline } from './baseline-store.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-plan-baselines-'));
  root = join(folder, 'baselines');
});
afterEach(() => rm(folder, { recursive: true }));

async function runWith(name: string, result: string): Promise<string> {
  const path = join(folder, 'runs', name);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'result.json'), result);
  return path;
}

async function resultsOf(name: string): Promise<string[]> {
  const runs = await readBaseline(name, root);
  return Promise.all(runs.map(({ path }) => readFile(join(path, 'result.json'), 'utf8')));
}

describe('a baseline', () => {
  it('keeps the results of runs, whatever becomes of those', async () => {
    const runs = await Promise.all(['one', 'two'].map((name) => runWith(name, `result of ${name}`)));
    await saveBaseline('main', runs, { root });
    await rm(join(folder, 'runs'), { recursive: true });
    expect(await resultsOf('main')).toEqual(['result of one', 'result of two']);
    expect(await baselines(root)).toEqual(['main']);
    expect((await readBaseline('main', root)).map(({ run }) => run)).toEqual(['1-one', '2-two']);
  });

  it('is never overwritten without being asked to, and then as a whole', async () => {
    const path = await saveBaseline('main', [await runWith('one', 'old'), await runWith('two', 'old')], { root });
    const next = await runWith('three', 'new');
    await expect(saveBaseline('main', [next], { root })).rejects.toThrow('there is a baseline `main` already');
    expect(await resultsOf('main')).toEqual(['old', 'old']);
    await saveBaseline('main', [next], { root, overwrite: true });
    expect(await resultsOf('main')).toEqual(['new']);
    expect(await readdir(path)).toHaveLength(2);
  });

  it('stays as it was when a run of the next cannot be read', async () => {
    const path = await saveBaseline('main', [await runWith('one', 'old')], { root });
    const broken = [await runWith('two', 'new'), join(folder, 'runs', 'gone')];
    await expect(saveBaseline('main', broken, { root, overwrite: true })).rejects.toThrow('gone/result.json');
    expect(await resultsOf('main')).toEqual(['old']);
    expect(await readdir(path)).toHaveLength(2);
  });

  it('that is not there is told from those that are', async () => {
    await expect(readBaseline('main', root)).rejects.toMatchObject({ message: 'there is no baseline `main`' });
    await saveBaseline('release', [await runWith('one', 'old')], { root });
    await expect(readBaseline('main', root)).rejects.toMatchObject({ help: 'baselines: release' });
  });

  it.each([
    { text: '{"formatVersion": 2, "kind": "baseline"}', message: 'written by a newer shop-plan' },
    { text: '{"formatVersion": 1, "kind": "ledger"}', message: 'damaged at `kind`' },
    { text: '{"formatVersion": 1, "kind": "bas', message: 'not JSON' },
    {
      text: '{"formatVersion": 1, "kind": "baseline", "savedAt": "2026-03-01T10:00:00Z", "runs": "../.."}',
      message: 'damaged at `runs`',
    },
  ])('with $text as its file is refused, and so is overwriting it', async ({ text, message }) => {
    const path = await saveBaseline('main', [await runWith('one', 'old')], { root });
    await writeFile(join(path, 'baseline.json'), text);
    await expect(readBaseline('main', root)).rejects.toThrow(message);
    await expect(saveBaseline('main', [await runWith('two', 'new')], { root, overwrite: true })).rejects.toThrow(
      message,
    );
  });

  it('of nothing is none', async () => {
    await expect(saveBaseline('main', [], { root })).rejects.toThrow('no runs to keep');
  });
});
