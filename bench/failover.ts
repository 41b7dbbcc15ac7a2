import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlan } from '../api/files.ts';
import { createLocalBackend } from '../infra/local/local-backend.ts';
import type { Plan } from '../model/plan/plan.ts';
import { liveTopology } from '../model/topology/live-topology.ts';
import { failOver, readRounds, scenarioOf } from './failovers/round.ts';
import { keepJsonLines } from './json-lines.ts';
import { summaryOf } from './failovers/summary.ts';

// `node bench/failover.ts --rounds 30 --minutes 15 --out failovers.jsonl`: kills the primary of step 3 under a load of orders, again and again; first
// where no commit goes without a replica, then where replication is asynchronous. Counts acknowledged orders that are gone, and how long
// writes were away. Called again with the same file it goes on where it was.
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '30' },
    minutes: { type: 'string', default: '15' },
    profile: { type: 'string', default: 'lab' },
    rate: { type: 'string', default: '150' },
    out: { type: 'string', default: 'failovers.jsonl' },
  },
});
const MODES = ['strict', 'asynchronous'];
/** Long enough for a failover of each profile, and for writes to go on for a while. */
const OUTAGES_S: Readonly<Record<string, number>> = { lab: 14, tuned: 32, default: 60 };
const STACK = 'failovers';

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
const plan = await loadPlan('amazon-shop', { claims: false });
const started_ms = performance.now();
for (const [index, mode] of MODES.entries()) {
  await failOvers(mode, ((index + 1) / MODES.length) * Number(values.minutes), plan);
}
for (const mode of MODES) process.stdout.write(summaryOf(`${mode} (${values.profile})`, roundsOf(mode)));

/** Failovers of one mode, until there are enough or the time is over, on a stack of their own. */
async function failOvers(mode: string, until_minutes: number, of: Plan): Promise<void> {
  const step = of.steps.find((each) => each.step === 3);
  const enough = (): boolean =>
    interrupted.signal.aborted ||
    roundsOf(mode).length >= Number(values.rounds) ||
    performance.now() - started_ms > until_minutes * 60_000;
  if (!step || enough()) return;
  const settings = new Map([
    ['database', { failover_profile: values.profile, replication_mode: mode }],
    ['cache', { instances: 1 }],
    ['app', { instances: 2 }],
  ]);
  const home = mkdtempSync(join(tmpdir(), 'sp-failover-'));
  chmodSync(home, 0o711);
  const backend = createLocalBackend({ home });
  try {
    const { signal } = interrupted;
    const data = { name: STACK, seed: 42, products: 10_000, users: 1_000, ephemeral: true, signal };
    const stack = await backend.up(liveTopology(of, step, { settings }), data);
    const scenario = scenarioOf(of, OUTAGES_S[values.profile] ?? 60, Number(values.rate));
    while (!enough()) {
      const round = await failOver({ plan: of, scenario, backend, stack, signal }, roundsOf(mode).length + 1);
      if (!round) continue;
      keepJsonLines(values.out, [{ mode, profile: values.profile, ...round }]);
      const { lost, acknowledged, counters } = round;
      const outage_s = counters['failover.outage_s']?.toFixed(2);
      process.stderr.write(`${mode}: ${lost} of ${acknowledged} lost, ${outage_s} s without writes\n`);
    }
  } finally {
    await backend.down(STACK, { purge: true });
    rmSync(home, { recursive: true, force: true });
  }
}

function roundsOf(mode: string) {
  return readRounds(values.out).filter((round) => round.mode === mode && round.profile === values.profile);
}
