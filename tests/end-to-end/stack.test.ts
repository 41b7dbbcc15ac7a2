import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { shopPlan, start } from '../cli/shop-plan.ts';
import type { Running } from '../cli/shop-plan.ts';

// The whole way with real servers, as a user goes it: small data, a low rate, a home of its own.
const home = mkdtempSync(join(tmpdir(), 'sp-e2e-'));
// Servers drop root's privileges and still have to reach their folders.
chmodSync(home, 0o755);
const cwd = mkdtempSync(join(tmpdir(), 'sp-e2e-runs-'));
const env = { SHOP_PLAN_HOME: home };
const DATA = ['--products', '2000', '--users', '500'];

const scenario = join(cwd, 'short.yaml');
writeFileSync(
  scenario,
  `scenario: short
plan: amazon-shop
phases:
  - { name: warm-up, duration: 2 s, rate: 50 req/s, judged: no }
  - { name: load, duration: 6 s, rate: 100 req/s }
connections: 200
expect: [reached >= 90 %, p95(latency) < 5 s, error_rate < 50 %]
`,
);

interface Status {
  readonly up: boolean;
  readonly processes: readonly { id: string; tier: string; pid: number; port: number; healthy: boolean }[];
}

async function status(): Promise<Status> {
  const { stdout } = await shopPlan(['status', '--json'], env, cwd);
  return JSON.parse(stdout) as Status;
}

function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = connect(port, '127.0.0.1', () => {
    socket.destroy();
    resolve(true);
  });
  socket.on('error', () => resolve(false));
  return promise;
}

/** Everything that carries the mark of this home, whether or not a manifest knows it. */
function marked(): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(home);
    } catch {
      // It ended meanwhile, or is not ours to look at.
      return false;
    }
  });
}

async function expectNothingLeft(before: Status): Promise<void> {
  expect(await Promise.all(before.processes.map(({ port }) => answers(port)))).not.toContain(true);
  // The command lines of this test carry the home in their environment, too; they have ended by now.
  expect(marked()).toEqual([]);
}

afterEach(() => shopPlan(['down'], env, cwd));
afterAll(() => {
  rmSync(home, { recursive: true, force: true });
  rmSync(cwd, { recursive: true, force: true });
});

describe('a stack of step 2', { timeout: 120_000 }, () => {
  it('starts, is well, carries load, is judged, and goes without a trace', async () => {
    const up = await shopPlan(['up', '--step', '2', ...DATA], env, cwd);
    expect(up).toMatchObject({ code: 0, stdout: expect.stringContaining('step 2 is up at http://127.0.0.1:') });
    const running = await status();
    const caches = ['cache-1', 'cache-2', 'cache-3', 'cache-4', 'cache-5', 'cache-6'];
    expect(running.processes.map(({ id }) => id).toSorted()).toEqual(
      ['app-1', 'app-2', 'app-3', ...caches, 'database-1', 'load-balancer-1'].toSorted(),
    );
    expect(running.processes.every(({ healthy }) => healthy)).toBe(true);

    const again = await shopPlan(['up', '--step', '2', ...DATA], env, cwd);
    expect(again).toMatchObject({ code: 3, stderr: expect.stringContaining('already up') });

    const run = await shopPlan(['run', scenario, '--json'], env, cwd);
    const result = JSON.parse(run.stdout) as {
      observation: {
        complete: boolean;
        totals: Record<string, number>;
        phases: { name: string; counters: Record<string, number> }[];
        tiers: { tier: string }[];
      };
    };
    const { totals, phases, tiers, complete } = result.observation;
    expect(complete).toBe(true);
    expect(totals['scheduled']).toBe((totals['sent'] ?? 0) + (totals['dropped'] ?? 0));
    expect(totals['ok']).toBeGreaterThan(400);
    expect(phases.find(({ name }) => name === 'load')?.counters).toMatchObject({
      'cache.hits': expect.any(Number),
      'database.queries': expect.any(Number),
      'nginx.requests': expect.any(Number),
    });
    expect(tiers.map(({ tier }) => tier).toSorted()).toEqual(['app', 'cache', 'database', 'load-balancer']);
    const [kept = ''] = readdirSync(join(cwd, '.shop-plan/runs'));
    expect(readdirSync(join(cwd, '.shop-plan/runs', kept))).toEqual(['histograms', 'result.json']);
    const report = await shopPlan(['report', kept], env, cwd);
    expect(report.stdout).toContain('reached >= 90 %');

    const down = await shopPlan(['down'], env, cwd);
    expect(down).toMatchObject({ code: 0, stdout: expect.stringContaining('database-1') });
    await expectNothingLeft(running);
    expect(await shopPlan(['down'], env, cwd)).toMatchObject({ code: 0, stdout: expect.stringContaining('nothing') });
  });

  it('keeps what a run saw when the database dies in the middle, and does not call it fine', async () => {
    await shopPlan(['up', '--step', '2', ...DATA], env, cwd);
    const running = await status();
    const database = running.processes.find(({ tier }) => tier === 'database');
    mkdirSync(join(cwd, '.shop-plan/runs'), { recursive: true });
    const before = readdirSync(join(cwd, '.shop-plan/runs')).length;
    const run = start(['run', scenario], env, cwd);
    await untilGeneratorRuns(run);
    if (database) process.kill(database.pid, 'SIGKILL');
    const { code, stdout } = await run.finished;
    expect(code).toBe(4);
    expect(stdout).toContain('database-1 of tier database died');
    expect(readdirSync(join(cwd, '.shop-plan/runs'))).toHaveLength(before + 1);
    await shopPlan(['down'], env, cwd);
    await expectNothingLeft(running);
  });

  it('leaves nothing when Ctrl-C or a kill hits the start', async () => {
    const interrupted = start(['up', '--step', '2', ...DATA], env, cwd);
    await interrupted.says('starting 3 × express');
    interrupted.kill('SIGINT');
    expect((await interrupted.finished).code).toBe(130);
    expect(marked()).toEqual([]);

    const killed = start(['up', '--step', '2', ...DATA], env, cwd);
    await killed.says('starting 3 × express');
    killed.kill('SIGKILL');
    await killed.finished;
    expect((await shopPlan(['doctor'], env, cwd)).code).toBe(0);
    expect(marked()).toEqual([]);
  });

  it('ends a run at Ctrl-C with what it saw', async () => {
    await shopPlan(['up', '--step', '1', ...DATA], env, cwd);
    const run = start(['run', scenario], env, cwd);
    await untilGeneratorRuns(run);
    run.kill('SIGINT');
    const { code, stderr } = await run.finished;
    expect(code).toBe(130);
    expect(stderr).toContain('kept in');
  });
});

/** True once the command has forked its load generator. */
function generatorRuns(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim() !== '';
  } catch {
    return false;
  }
}

async function untilGeneratorRuns(run: Running): Promise<void> {
  const ended = run.finished.then(({ stderr }) => stderr);
  while (!generatorRuns(run.pid)) {
    const stderr = await Promise.race([
      ended,
      new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), 20)),
    ]);
    if (stderr !== undefined) throw new Error(`it ended before it drove any load:\n${stderr}`);
  }
}
