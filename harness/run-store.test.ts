import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import { findRun, keepRun, readKeptRun } from './run-store.ts';

const SEEN = observationByHand([classByHand({ latencies: [[20_000, 10]] })]);

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'shop-plan-runs-'))));
afterEach(() => rm(root, { recursive: true }));

describe('a run that was kept', () => {
  it('is found again by its identity, the newest first', async () => {
    await keepRun(SEEN, 'old', { root, identity: 'abc' });
    const older = await findRun('abc', 0, root);
    await utimes(join(older ?? '', 'identity.json'), 1000, 1000);
    const newer = await keepRun(SEEN, 'new', { root, identity: 'abc' });
    await keepRun(SEEN, 'another', { root, identity: 'xyz' });
    await keepRun(SEEN, 'nameless', { root });
    expect(await findRun('abc', 0, root)).toBe(newer);
    expect(await readKeptRun(newer)).toBe('new');
  });

  it('is not found once it is too old, nor what is no run, nor before there is any', async () => {
    const path = await keepRun(SEEN, 'old', { root, identity: 'abc' });
    await utimes(join(path, 'identity.json'), 1000, 1000);
    await writeFile(join(root, 'notes.txt'), 'abc');
    expect(await findRun('abc', 1_001_000, root)).toBeUndefined();
    expect(await findRun('abc', 999_000, root)).toBe(path);
    expect(await findRun('abc', 0, join(root, 'nowhere'))).toBeUndefined();
  });
});
