import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadLiveScenario, loadPlan } from '../api/files.ts';
import { topologyFor } from '../harness/stack-for.ts';
import { createLocalBackend } from '../infra/local/local-backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import { CONDITIONS } from './regressions/conditions.ts';
import type { Condition } from './regressions/conditions.ts';
import { checkGate } from './regressions/gate-check.ts';
import { readRounds, roundOf } from './regressions/rounds.ts';
import { summaryOf } from './regressions/summary.ts';
import { keepJsonLines } from './json-lines.ts';

// `node bench/regressions.ts --runs 50 --changed 10 --out regressions.jsonl`: holds `shop-plan check --scenario gate` against a system that is as it
// was, and against the same with caching turned off, an index dropped, and an application that got slower. Records which
// criteria failed and which tier was named as the cause. Called again with the same file it goes on where it was. 18 s a check.
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '50' },
    changed: { type: 'string', default: '10' },
    out: { type: 'string', default: 'regressions.jsonl' },
  },
});
const STACK = 'regressions';
const STEP = 2;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
const home = mkdtempSync(join(tmpdir(), 'sp-regressions-'));
// Servers drop root's privileges and still have to reach their folders.
chmodSync(home, 0o711);
const backend = createLocalBackend({ home });
try {
  if (CONDITIONS.some((condition) => seedsLeft(condition).length > 0)) await bringUp(backend);
  for (const condition of CONDITIONS) await roundsOf(condition, backend);
} finally {
  await backend.down(STACK, { purge: true });
  rmSync(home, { recursive: true, force: true });
}
process.stdout.write(summaryOf(CONDITIONS, readRounds(values.out)));

async function bringUp(on: LocalBackend): Promise<void> {
  const plan = await loadPlan('amazon-shop', { claims: false });
  const step = plan.steps.find((each) => each.step === STEP);
  if (!step) throw new Error(`the plan has no step ${STEP}`);
  const topology = topologyFor(plan, step, await loadLiveScenario('gate', plan));
  const data = { seed: 42, products: 100_000, users: 50_000, ephemeral: true };
  await on.up(topology, { name: STACK, ...data, signal: interrupted.signal });
}

/** All checks of one condition that the file does not have yet; whatever happens, the stack is as before afterwards. */
async function roundsOf(condition: Condition, on: LocalBackend): Promise<void> {
  const seeds = seedsLeft(condition);
  if (seeds.length === 0 || interrupted.signal.aborted) return;
  await condition.begin(on, STACK);
  try {
    for (const seed of seeds) {
      if (interrupted.signal.aborted) return;
      const checked = await checkGate({ stack: STACK, seed, home, cwd: home, signal: interrupted.signal });
      const round = roundOf(condition.name, seed, checked);
      keepJsonLines(values.out, [round]);
      const named = round.suspects.map(({ tier }) => tier).join(', ') || 'nobody';
      process.stderr.write(
        `${condition.name}, seed ${seed}: ${round.outcome}, ${round.failed.length} failed, ${named} named\n`,
      );
    }
  } catch (error) {
    // What was under way is asked for again by the next call.
    if (!interrupted.signal.aborted) throw error;
  } finally {
    await condition.end(on, STACK);
  }
}

function seedsLeft({ name, cause }: Condition): number[] {
  const wanted = Number(cause === null ? values.runs : values.changed);
  const done = new Set(readRounds(values.out).flatMap(({ condition, seed }) => (condition === name ? [seed] : [])));
  return Array.from({ length: wanted }, (_, index) => index + 1).filter((seed) => !done.has(seed));
}
