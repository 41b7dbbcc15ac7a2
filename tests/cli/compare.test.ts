import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLoop } from '../../engines/open-loop/open-loop.ts';
import { keepRun } from '../../harness/run-store.ts';
import { judge } from '../../model/judge/judge.ts';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import { COMPARISON_FILE } from '../../reports/comparison-schema.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { shopPlan } from './shop-plan.ts';

let folder: string;
const command = (...args: string[]) => shopPlan(['compare', ...args], {}, folder);

/** Keeps runs of one minute each whose latencies lie around a middle; the nth at that minute of the day. */
async function keepRuns(name: string, middle_us: number, minutes: readonly number[], step = 3): Promise<void> {
  for (const [index, minute] of minutes.entries()) {
    const spread = middle_us * (1 + 0.02 * (((index * 0.618) % 1) - 0.5));
    const classes = [
      classByHand({ latencies: [[spread, 5700]] }),
      classByHand({ class: 'checkout', latencies: [[4 * spread, 300]] }),
    ];
    const seen = observationByHand(classes);
    const startedAt = new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
    const observation = { ...seen, what: { ...seen.what, step, startedAt } };
    const root = join(folder, '.shop-plan', 'runs');
    const path = await keepRun(observation, writeRunJson(observation, judge(observation, [], openLoop.claims)), {
      root,
    });
    await rename(path, join(root, `${name}-${index + 1}`));
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shop-plan-compare-'));
  await keepRuns('before', 20_000, [0, 3, 4, 7, 8, 11, 12, 15]);
  await keepRuns('slower', 23_000, [1, 2, 5, 6, 9, 10, 13, 14]);
  await keepRuns('same', 20_040, [16, 17, 18, 19, 20, 21, 22, 23]);
  await keepRuns('other-step', 20_000, [40], 2);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('compare', () => {
  it('says what has become worse, and ends with 1', async () => {
    const { code, stdout, stderr } = await command('before-*', 'slower-*');
    expect(stderr).toBe('');
    expect(stdout).toMatchInlineSnapshot(`
      "peak on amazon-shop, step 3
      slower-* (8 runs) against before-* (8 runs): 5 changed for the worse, 2 unchanged

      metric            before      after  shift                 verdict
      ──────────────────────────────────────────────────────────────────────
      p50(latency)       20 ms      23 ms  +15 % [+14.1, +15.8]  ✗ worse
      p95(latency)       20 ms      23 ms  +15 % [+14.1, +15.8]  ✗ worse
      error_rate           0 %        0 %  0 points [0, 0]       ✓ unchanged
      p99(latency)     79.9 ms    91.8 ms  +15 % [+14.1, +15.8]  ✗ worse
      p95(search)        20 ms      23 ms  +15 % [+14.1, +15.8]  ✗ worse
      p95(checkout)    79.9 ms    91.8 ms  +15 % [+14.1, +15.8]  ✗ worse
      rate           100 req/s  100 req/s  0 % [0, 0]            ✓ unchanged
      "
    `);
    expect(code).toBe(1);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('is fine with what has become better, and with what has not changed', async () => {
    const { code, stdout } = await command('slower-*', 'same-*');
    expect(code).toBe(0);
    expect(stdout).toContain('not alike: the runs were not made in turns');
  });

  it('cannot tell one run from another, and says how many it takes', async () => {
    const { code, stdout } = await command('before-1', 'slower-1', '--metric', 'p95(latency)');
    expect(code).toBe(4);
    expect(stdout).toContain('about 4 more runs of each would tell');
  });

  it('writes what its schema says, and nothing else', async () => {
    const { stdout } = await command('before-*', 'slower-*', '--json');
    expect(COMPARISON_FILE.parse(JSON.parse(stdout))).toMatchObject({ kind: 'comparison', outcome: 'worse' });
    expect(JSON.parse(stdout)).toEqual(COMPARISON_FILE.parse(JSON.parse(stdout)));
    const csv = await command('before-*', 'slower-*', '--format', 'csv');
    expect(csv.stdout.split('\n')[0]).toContain('metric,unit,status,direction,before,after,shift');
  });

  it('names the field of runs that are not comparable, and ends with 2', async () => {
    const { code, stderr } = await command('before-1', 'other-step-1');
    expect(code).toBe(2);
    expect(stderr).toContain('`before-1` and `other-step-1` cannot be compared: step is 3 and 2');
  });

  it('says which run is not there, damaged, or not named right', async () => {
    expect((await command('befor-1', 'slower-1')).stderr).toContain('befor-1/result.json: there is no such file');
    expect((await command('nothing-*', 'slower-1')).stderr).toContain('no run is called like `nothing-*`');
    expect((await command('before-1', 'baseline:main')).stderr).toContain('there is no baseline `main`');
    expect((await command('before-1', 'slower-1', '--metric', 'p95(')).code).toBe(2);
    const half = join(folder, 'half');
    await keepRuns('half', 20_000, [50]);
    await rename(join(folder, '.shop-plan', 'runs', 'half-1'), half);
    await writeFile(join(half, 'result.json'), '{"formatVersion": 2, "kind": "run", "obser');
    const { code, stderr } = await command('before-1', './half');
    expect([code, stderr]).toEqual([2, expect.stringContaining('half/result.json: the file ends')]);
  });
});

describe('compare, asked for what does not go together,', () => {
  it.each([
    { args: [], says: 'there is nothing to compare' },
    { args: ['before-1'], says: 'there is nothing to compare before-1 with' },
    { args: ['before-1', 'slower-1', '--a', 'app.instances=1'], says: '`--a` and `--b` are what `--live` sets' },
    { args: ['--live', 'instance-crash'], says: '`instance-crash` has faults' },
    { args: ['--live', 'moderate', '--a', 'apps.instances=1'], says: 'the step has no tier `apps`' },
    { args: ['--live', 'moderate', '--b', 'app=1'], says: '`app=1` sets nothing' },
  ])('as in $args, says so and ends with 2', async ({ args, says }) => {
    const { code, stderr } = await command(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(says)]);
  });
});

describe('a baseline', () => {
  it('is kept once, compared with, and replaced only when asked to', async () => {
    const kept = await command('before-*', '--save-baseline', 'main');
    expect([kept.code, kept.stderr]).toEqual([0, '8 runs kept as baseline in .shop-plan/baselines/main\n']);
    expect(await command('baseline:main', 'slower-*')).toMatchObject({ code: 1 });
    const again = await command('baseline:main', 'same-*', '--save-baseline', 'main');
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('`--overwrite`')]);
    expect(await command('same-*', '--save-baseline', 'main', '--overwrite')).toMatchObject({ code: 0 });
  });
});

describe('the history of a scenario', () => {
  it('says since which run it is slower', async () => {
    await keepRuns('later', 26_000, [100, 101, 102, 103, 104, 105, 106, 107]);
    const { code, stdout } = await command('--history', 'peak', '--step', '3', '--metric', 'p95(search)');
    expect(code).toBe(0);
    expect(stdout).toMatch(/later-1\s+p95\(search\)\s+\S+ ms\s+\S+ ms\s+\+\S+ %\s+worse/);
    const { stdout: json } = await command('--history', 'peak', '--step', '3', '--json');
    expect(COMPARISON_FILE.parse(JSON.parse(json))).toMatchObject({ kind: 'history' });
  });

  it('asks for a scenario that has runs', async () => {
    const { code, stderr } = await command('--history', 'viral');
    expect([code, stderr]).toEqual([2, expect.stringContaining('scenarios with runs: peak')]);
  });
});
