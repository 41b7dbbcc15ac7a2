import { mkdtemp, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import type { Observation } from '../model/observation/observation.ts';
import { findRun, keepLedger, keepRun, readKeptRun } from './run-store.ts';

const SEEN = observationByHand([classByHand({ latencies: [[20_000, 10]] })]);

let root: string;
beforeEach(async () => void (root = await mkdtemp(join(tmpdir(), 'shop-plan-runs-'))));
afterEach(() => rm(root, { recursive: true }));

/** As if the run had been kept at another time. */
async function keptAt(path: string, when_ms: number): Promise<void> {
  const identity = { formatVersion: 2, kind: 'identity', identity: 'abc', keptAt: new Date(when_ms).toISOString() };
  await writeFile(join(path, 'identity.json'), JSON.stringify(identity));
}

function called(scenario: string, classes: Observation['classes'] = SEEN.classes): Observation {
  return { ...SEEN, classes, what: { ...SEEN.what, scenario } };
}

describe('a run that was kept', () => {
  it('is found again by its identity, the newest first', async () => {
    await keptAt(await keepRun(SEEN, 'old', { root, identity: 'abc' }), 1_000_000);
    const newer = await keepRun(SEEN, 'new', { root, identity: 'abc' });
    await keepRun(SEEN, 'another', { root, identity: 'xyz' });
    await keepRun(SEEN, 'nameless', { root });
    expect(await findRun('abc', 0, root)).toBe(newer);
    expect(await readKeptRun(newer)).toBe('new');
  });

  it('is not found once it is too old, nor what is no run, nor before there is any', async () => {
    const path = await keepRun(SEEN, 'old', { root, identity: 'abc' });
    await keptAt(path, 1_000_000);
    await writeFile(join(root, 'notes.txt'), 'abc');
    expect(await findRun('abc', 1_000_001, root)).toBeUndefined();
    expect(await findRun('abc', 999_999, root)).toBe(path);
    expect(await findRun('abc', 0, join(root, 'nowhere'))).toBeUndefined();
  });

  it('is as old as its file where an earlier version has kept it', async () => {
    const path = await keepRun(SEEN, 'old', { root });
    const file = join(path, 'identity.json');
    await writeFile(file, '{"formatVersion":1,"kind":"identity","identity":"abc"}\n');
    await utimes(file, 1000, 1000);
    expect(await findRun('abc', 1_000_001, root)).toBeUndefined();
    expect(await findRun('abc', 999_999, root)).toBe(path);
  });

  it('takes a name of its own, also among many at once', async () => {
    const kept = await Promise.all(Array.from({ length: 20 }, (_, n) => keepRun(SEEN, `run ${n}`, { root })));
    expect(new Set(kept).size).toBe(20);
    const texts = await Promise.all(kept.map((path) => readKeptRun(path)));
    expect(texts).toEqual(Array.from({ length: 20 }, (_, n) => `run ${n}`));
    expect((await readdir(root)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it.each([
    '../../outside',
    '/etc/passwd',
    '..',
    '<img src=x onerror=alert(1)>',
    'line\nend\u0000\u001b[31m',
    'ü'.repeat(300),
    '',
  ])('stays in the store, whatever it is called: %j', async (name) => {
    const path = await keepRun(called(name, [classByHand({ class: name, phase: name, latencies: [[1, 1]] })]), '{}', {
      root,
    });
    expect(await readdir(root)).toEqual([path.slice(root.length + 1)]);
    expect(path).toMatch(/\/simulated-[\p{L}\p{N}._~-]+$/u);
    expect(await readdir(join(path, 'histograms'))).toEqual([
      expect.stringMatching(/^[\p{L}\p{N}_][\p{L}\p{N}._~-]+\.hgrm$/u),
    ]);
  });

  it('has a distribution of each class and phase, also where two look the same with a point between', async () => {
    const classes = [
      classByHand({ class: 'a.b', phase: 'c', latencies: [[10, 1]] }),
      classByHand({ class: 'a', phase: 'b.c', latencies: [[20, 1]] }),
    ];
    const path = await keepRun(called('peak', classes), '{}', { root });
    const files = await readdir(join(path, 'histograms'));
    expect(files.toSorted()).toEqual(['a.b.c.hgrm', expect.stringMatching(/^a_b\.c~[0-9a-f]{8}\.hgrm$/)]);
  });
});

it('a ledger lies beside the runs whatever its plan is called, in place of the one before', async () => {
  const ledger = { formatVersion: 1, kind: 'ledger', plan: '../plan', rows: [] } as const;
  await keepLedger(ledger, 'full', root);
  const path = await keepLedger({ ...ledger, plan: '../plan' }, 'full', root);
  expect(await readdir(root)).toEqual([path.slice(root.length + 1)]);
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(ledger);
});
