import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CONDITIONS } from '../../bench/regressions/conditions.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { shopPlan } from '../cli/shop-plan.ts';

// Real regressions on real servers: what they do to the work of a request, and which tier is named for it.
const home = mkdtempSync(join(tmpdir(), 'sp-regressions-'));
// Servers drop root's privileges and still have to reach their folders.
chmodSync(home, 0o711);
const cwd = mkdtempSync(join(tmpdir(), 'sp-regressions-runs-'));
const env = { SHOP_PLAN_HOME: home };
const backend = createLocalBackend({ home });
const STACK = 'regressed';

// Processor time and counters alone, which a busy machine changes little; a rate that leaves most of it free.
const scenario = join(cwd, 'work.yaml');
writeFileSync(
  scenario,
  `scenario: work
plan: amazon-shop
steps: [2]
settings: { cache: { instances: 1 } }
mix: { product: 60 %, history: 40 % }
phases:
  - { name: warm-up, duration: 2 s, rate: 100 req/s, judged: no }
  - { name: steady, duration: 4 s, rate: 80 req/s }
connections: 1000
expect: [per_request(database.queries) < 0.95, cpu(database) < 0.1 core]
`,
);

beforeAll(async () => {
  // As many orders of the past as it takes for a search without an index to be felt.
  const data = ['--products', '2000', '--users', '40000'];
  const { code, stderr } = await shopPlan(['up', '--for', scenario, '--step', '2', '--name', STACK, ...data], env, cwd);
  if (code !== 0) throw new Error(stderr);
});
afterAll(async () => {
  await shopPlan(['down', '--name', STACK, '--purge'], env, cwd);
  rmSync(home, { recursive: true, force: true });
  rmSync(cwd, { recursive: true, force: true });
});

test.each(CONDITIONS.filter(({ cause }) => cause !== 'app').map((condition) => [condition.name, condition] as const))(
  '%s',
  async (_name, { cause, begin, end }) => {
    await begin(backend, STACK);
    const { code, outcome, suspects } = await untilValid();
    await end(backend, STACK);
    expect([code, outcome]).toEqual(cause === null ? [0, 'PASS'] : [1, 'FAIL']);
    expect(suspects[0]?.tier ?? null).toBe(cause);
  },
  240_000,
);

test('what cannot be deployed is wrong usage, and nothing is done', async () => {
  const asked = (...args: string[]) => shopPlan(['deploy', '--name', STACK, ...args], env, cwd);
  expect(await asked('--set', 'cachin=false')).toMatchObject({ code: 2, stderr: expect.stringContaining('`caching`') });
  expect(await asked('--tier', 'database')).toMatchObject({ code: 2, stderr: expect.stringContaining('`app`') });
});

interface Checked {
  readonly code: number | null;
  readonly outcome: string;
  readonly suspects: readonly { readonly tier: string }[];
}

/** A machine with too much to do makes a run invalid, which says nothing. */
async function untilValid(): Promise<Checked> {
  for (;;) {
    const args = ['check', '--scenario', scenario, '--step', '2', '--name', STACK, '--json'];
    const { code, stdout, stderr } = await shopPlan(args, env, cwd);
    if (stdout === '') throw new Error(stderr);
    const { outcome, suspects = [] } = JSON.parse(stdout) as Partial<Checked>;
    if (outcome === undefined) throw new Error(stdout);
    if (outcome !== 'INVALID') return { code, outcome, suspects };
  }
}
