import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keepLedger, keepRun } from '../../harness/run-store.ts';
import { SIMULATOR_CLAIMS } from '../../model/judge/claims.ts';
import { judge } from '../../model/judge/judge.ts';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import type { What } from '../../model/observation/observation.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { shopPlan } from './shop-plan.ts';
import type { Finished } from './shop-plan.ts';

let folder: string;
let store: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shop-plan-store-'));
  store = join(folder, '.shop-plan/runs');
  await keep({ startedAt: '2026-01-01T10:00:00.000Z', scenario: 'peak' });
  await keep({ startedAt: '2026-01-02T10:00:00.000Z', scenario: 'moderate', step: 4, scale: 0.5 });
  await keep({ startedAt: new Date().toISOString(), scenario: 'peak', plan: 'url-shortener' });
});
afterEach(() => rmSync(folder, { recursive: true }));

const OLD = '20260101T100000Z-peak-step-3';
const MIDDLE = '20260102T100000Z-moderate-step-4';

async function keep(what: Partial<What>, root = store): Promise<string> {
  const seen = observationByHand([classByHand({ latencies: [[20_000, 10]] })]);
  const observation = { ...seen, what: { ...seen.what, ...what } };
  return keepRun(observation, writeRunJson(observation, judge(observation, [], SIMULATOR_CLAIMS)), { root });
}

function runs(...args: string[]): Promise<Finished> {
  return shopPlan(['runs', ...args], { COLUMNS: '80' }, folder);
}

async function listed(...args: string[]): Promise<string[]> {
  const { runs: found }: { runs: { run: string }[] } = JSON.parse((await runs('list', '--json', ...args)).stdout);
  return found.map(({ run }) => run);
}

/** A run that was cut off, and a folder that is none. */
function damage(root: string): void {
  cpSync(join(store, OLD), join(root, 'cut-off'), { recursive: true });
  truncateSync(join(root, 'cut-off/result.json'), 1000);
  mkdirSync(join(root, 'notes'));
}

describe('runs', () => {
  test('are listed by plan, the newest first, within the width', async () => {
    const { code, stdout, stderr } = await runs();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^url-shortener +age[^]*\namazon-shop +age[^]*\n3 runs, \d+(\.\d+)? kB\n$/);
    expect(stdout.indexOf(MIDDLE)).toBeLessThan(stdout.indexOf(OLD));
    expect(stdout).toMatch(/moderate × 0.5 +4 {2}-/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('are found by what they are', async () => {
    expect(await listed('--plan', 'amazon-shop')).toEqual([MIDDLE, OLD]);
    expect(await listed('--scenario', 'peak', '--step', '3', '--plan', 'amazon-shop')).toEqual([OLD]);
    expect(await listed('--outcome', 'NOT_JUDGED', '--since', '7d')).toEqual([expect.stringContaining('peak')]);
    expect(await listed('--outcome', 'FAIL')).toEqual([]);
  });

  test('that are damaged are named, all of them, beside those that are whole', async () => {
    damage(store);
    symlinkSync('/', join(store, 'link'));
    const { code, stdout, stderr } = await runs();
    expect(code).toBe(2);
    expect(stdout).toContain('3 runs');
    expect(stderr).toContain('cut-off/result.json: the file ends in the middle');
    expect(stderr).toContain('notes/result.json: there is no such file');
    expect(stderr).not.toContain('link');
  });

  test('are shown with their files, and refused where they cannot be', async () => {
    const { code, stdout } = await runs('show', OLD);
    expect(code).toBe(0);
    expect(stdout).toMatch(/peak[^]*✓[^]*histograms\/search\.peak\.hgrm[^]*result\.json/);
    expect(await runs('show', 'nothing')).toMatchObject({ code: 2, stdout: '' });
    damage(store);
    const { stderr } = await runs('show', 'cut-off');
    expect(stderr).toContain('cut-off/result.json: the file ends in the middle');
  });
});

describe('runs prune', () => {
  test('removes nothing unless it is said what', async () => {
    expect(await runs('prune')).toMatchObject({ code: 2, stderr: expect.stringContaining('--older-than 30d') });
    expect((await runs('prune', '--keep', '1', '--dry-run')).stdout).toContain('2 runs');
    expect(await listed()).toHaveLength(3);
  });

  test('spares what a ledger names, what is no run, and what links point at', async () => {
    const reading = {
      verdict: 'holds',
      metric: 'p95',
      scenario: 'peak',
      step: 3,
      run: join('.shop-plan/runs', OLD),
    } as const;
    const claim = { claim: 'latency', document: 'a', section: '1', asks: 'p95', claimed: '1 s', unit: 's' };
    const verdicts = { verdict: 'holds', known: 'holds', asKnown: true } as const;
    const row = { ...claim, claimedUnit: { symbol: 's', factor: 1 }, ...verdicts, measured: reading };
    const ledger = { formatVersion: 1, kind: 'ledger', plan: 'amazon-shop', rows: [row] } as const;
    await keepLedger(ledger, 'full', join(folder, '.shop-plan'));
    const outside = join(folder, 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'file'), '');
    symlinkSync(outside, join(store, MIDDLE, 'link'));
    symlinkSync(outside, join(store, 'link'));
    mkdirSync(join(store, 'notes'));
    const { code, stdout } = await runs('prune', '--keep', '0');
    expect(code).toBe(2);
    expect(stdout).toContain(`${OLD} is needed by ledger-amazon-shop.json`);
    expect(readdirSync(store).toSorted()).toEqual([OLD, 'link', 'notes']);
    expect(existsSync(join(outside, 'file'))).toBe(true);
  });

  test('goes by age and by size', async () => {
    const { removed } = JSON.parse((await runs('prune', '--older-than', '30d', '--size', '1GB', '--json')).stdout);
    expect(removed).toEqual([expect.objectContaining({ run: OLD }), expect.objectContaining({ run: MIDDLE })]);
    expect(await listed()).toHaveLength(1);
    expect((await runs('prune', '--size', '1kB')).stdout).toContain('0 runs (0 B) stay');
  });
});

describe('runs merge', () => {
  test('brings what is not here, keeps both of the same name, and is the same a second time', async () => {
    const other = join(folder, 'other/.shop-plan/runs');
    await keep({ startedAt: '2026-01-01T10:00:00.000Z', scenario: 'peak', seed: 43 }, other);
    await keep({ startedAt: '2026-01-03T10:00:00.000Z', scenario: 'peak' }, other);
    cpSync(join(store, MIDDLE), join(other, MIDDLE), { recursive: true });
    const { code, stdout } = await runs('merge', 'other', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      merged: [
        { run: OLD, as: `${OLD}-2` },
        { run: '20260103T100000Z-peak-step-3', as: '20260103T100000Z-peak-step-3' },
      ],
      skipped: [{ run: MIDDLE, as: MIDDLE }],
      refused: [],
    });
    expect(JSON.parse((await runs('merge', 'other', '--json')).stdout)).toMatchObject({
      merged: [],
      skipped: [{ as: `${OLD}-2` }, { as: MIDDLE }, { as: '20260103T100000Z-peak-step-3' }],
    });
    expect(await listed()).toHaveLength(5);
  });

  test('refuses what is damaged or could lead elsewhere, each by name, and brings the others', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    damage(other);
    cpSync(join(store, OLD), join(other, 'new'), { recursive: true });
    cpSync(join(store, OLD), join(other, 'linked'), { recursive: true });
    symlinkSync('/etc/hostname', join(other, 'linked/histograms/link'));
    const { code, stdout, stderr } = await runs('merge', other);
    expect(code).toBe(2);
    expect(stdout).toMatch(/new +new +merged/);
    expect(stderr).toContain('cut-off/result.json: the file ends in the middle');
    expect(stderr).toContain('notes/result.json: there is no such file');
    expect(stderr).toContain('linked/`histograms/link` is neither a file nor a folder');
    expect(readdirSync(store)).toHaveLength(4);
    expect(await runs('merge', 'nowhere', other)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere'),
    });
  });
});

test('verify --resume names every damaged run, and starts nothing', async () => {
  damage(store);
  const kept = { formatVersion: 2, kind: 'identity', identity: 'x', keptAt: new Date().toISOString() };
  writeFileSync(join(store, 'cut-off/identity.json'), JSON.stringify(kept));
  writeFileSync(join(store, OLD, 'identity.json'), JSON.stringify({ ...kept, keptAt: 'yesterday' }));
  const { code, stderr } = await shopPlan(['verify', '--resume'], {}, folder);
  expect(code).toBe(2);
  expect(stderr).toContain('cut-off/result.json: the file ends in the middle');
  expect(stderr).toMatch(new RegExp(`${OLD}/identity.json: damaged at \`keptAt\``));
  expect(stderr).not.toContain(MIDDLE);
});
