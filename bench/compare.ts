import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPlan } from '../api/files.ts';
import { createLocalBackend } from '../infra/local/local-backend.ts';
import { trendOf } from '../model/judge/trend.ts';
import { liveTopology } from '../model/topology/live-topology.ts';
import { driveWindows, workloadOf } from './comparison/drive.ts';
import type { Drive } from './comparison/drive.ts';
import { evaluateMultiplied, evaluateSame, evaluateShifted, shareText } from './comparison/evaluate.ts';
import { keepWindows, readWindows } from './comparison/window.ts';
import type { Window } from './comparison/window.ts';

// `node bench/compare.ts --pairs 100 --minutes 20 --out compare.jsonl`: how often `shop-plan compare` sees a change where there is none, and how often
// it finds p95 a tenth longer, on the servers of step 2. Load runs without a pause, and each window of a few seconds counts as a run. For 70 % of the time
// nothing is changed; then windows with and without a little more load alternate, as much more as raises p95 by a tenth. Called again with the same file it
// adds to what is there; with `--minutes 0` it only counts.
const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '100' },
    minutes: { type: 'string', default: '20' },
    runs: { type: 'string', default: '8,12,16' },
    window: { type: 'string', default: '2' },
    rate: { type: 'string', default: '1500' },
    out: { type: 'string', default: 'compare.jsonl' },
  },
});
const STACK = 'comparisons';
const SHIFT = 0.1;
const SAME_SHARE = 0.7;
/** Windows of one drive: what was seen is kept after each. */
const PER_DRIVE = 32;
/** Loads that show how p95 follows the load, each so many times, in turns. */
const LOADS = [1, 1.1, 1.2, 1.3, 1.4];
const TURNS = 4;
/** Where p95 does not follow the load clearly; the report says how much longer p95 was. */
const LOAD_OTHERWISE = 1.15;
const LOAD_MAX = 1.5;

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
const end_ms = performance.now() + Number(values.minutes) * 60_000;
if (Number(values.minutes) > 0) await measure();
report(readWindows(values.out));

/** Drives a stack of its own until the time is over. */
async function measure(): Promise<void> {
  const plan = await loadPlan('amazon-shop', { claims: false });
  const step = plan.steps.find((each) => each.step === 2);
  if (!step) throw new Error('amazon-shop has no step 2');
  const home = mkdtempSync(join(tmpdir(), 'sp-compare-'));
  chmodSync(home, 0o711);
  const backend = createLocalBackend({ home });
  const { signal } = interrupted;
  try {
    const settings = new Map([['cache', { instances: 1 }]]);
    const data = { name: STACK, seed: 42, products: 10_000, users: 1_000, ephemeral: true, signal };
    const stack = await backend.up(liveTopology(plan, step, { settings }), data);
    const workload = await workloadOf(plan, stack);
    const drive = { stack, workload, rate_per_s: Number(values.rate), window_s: Number(values.window), signal };
    await driveWindows(
      { ...drive, seed: 1 },
      Array.from({ length: PER_DRIVE / 2 }, () => 1),
    );
    const began_ms = performance.now();
    const same_ms = began_ms + (end_ms - began_ms) * SAME_SHARE;
    await keepSeries('same', drive, 1, same_ms);
    const load = await loadOfShift(drive);
    if (load !== null) await keepSeries('shifted', drive, load, end_ms);
  } finally {
    await backend.down(STACK, { purge: true });
    rmSync(home, { recursive: true, force: true });
  }
}

/** Windows at the usual load, or at the usual and a raised one in turns, until a moment. */
async function keepSeries(
  series: Window['series'],
  drive: Omit<Drive, 'seed'>,
  load: number,
  until_ms: number,
): Promise<void> {
  const loads = Array.from({ length: PER_DRIVE }, (_, index) => (index % 4 === 1 || index % 4 === 2 ? load : 1));
  while (!interrupted.signal.aborted && performance.now() < until_ms) {
    const windows = await driveWindows({ ...drive, seed: 2 + readWindows(values.out).length }, loads);
    if (!windows) return;
    keepWindows(
      values.out,
      windows.map((window) => ({ series, ...window })),
    );
    process.stderr.write(
      `${series}: ${readWindows(values.out).filter((each) => each.series === series).length} windows\n`,
    );
  }
}

/** How many times the load it takes for p95 to be a tenth longer, by the robust slope of ln p95 over the load. */
async function loadOfShift(drive: Omit<Drive, 'seed'>): Promise<number | null> {
  const order = Array.from({ length: TURNS }, (_, turn) => (turn % 2 === 0 ? LOADS : LOADS.toReversed())).flat();
  const windows = await driveWindows({ ...drive, seed: 0 }, order);
  if (!windows) return null;
  const byLoad = LOADS.map((load) => {
    const own = windows.filter((window) => window.load === load).map(({ p95_s }) => Math.log(p95_s));
    return own.reduce((sum, each) => sum + each, 0) / own.length;
  });
  const slope = (trendOf(byLoad)?.slope ?? 0) / ((LOADS[1] ?? 1) - 1);
  const found = slope > 0 ? 1 + Math.log1p(SHIFT) / slope : Infinity;
  const load = found <= LOAD_MAX ? Number(found.toFixed(3)) : LOAD_OTHERWISE;
  process.stderr.write(`p95 is a tenth longer at ${found.toFixed(3)} times the load; driving ${load} times\n`);
  return load;
}

function report(windows: readonly Window[]): void {
  const same = windows.filter(({ series }) => series === 'same');
  const shifted = windows.filter(({ series }) => series === 'shifted');
  const logs = same.map(({ p95_s }) => Math.log(p95_s));
  const mean = logs.reduce((sum, each) => sum + each, 0) / logs.length;
  const spread = Math.sqrt(logs.reduce((sum, each) => sum + (each - mean) ** 2, 0) / Math.max(1, logs.length - 1));
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  say(`${same.length} windows without a change, ${shifted.length} with more load in turns`);
  say(`p95 about ${(Math.exp(mean) * 1000).toFixed(1)} ms, spread between windows ${(spread * 100).toFixed(1)} %`);
  say(`p95 at the raised load: ${raisedBy(shifted)}`);
  for (const runs of values.runs.split(',').map(Number)) {
    const pairs = Number(values.pairs);
    const alarms = evaluateSame(same, runs, pairs);
    const multiplied = evaluateMultiplied(same, runs, pairs);
    const found = evaluateShifted(shifted, runs, pairs);
    say(`\n${runs} windows a side, ${alarms.metrics} metrics`);
    say(`  false alarms, any metric: ${shareText(alarms.anyChanged, alarms.comparisons)}; ${alarms.disjoint} disjoint`);
    say(`  false alarms, p95:        ${shareText(alarms.p95Changed, alarms.comparisons)}`);
    say(
      `  p95 × 1.10 found:         ${shareText(multiplied.p95Worse, multiplied.comparisons)}; ${multiplied.disjoint} disjoint`,
    );
    say(`  more load found by p95:   ${shareText(found.p95Worse, found.comparisons)}; ${found.disjoint} disjoint`);
  }
}

function raisedBy(windows: readonly Window[]): string {
  const typical = (raised: boolean): number => {
    const own = windows.filter(({ load }) => (load !== 1) === raised).map(({ p95_s }) => p95_s);
    return own.toSorted((a, b) => a - b)[Math.floor(own.length / 2)] ?? NaN;
  };
  const load = windows.find((each) => each.load !== 1)?.load;
  if (load === undefined) return 'not measured';
  return `${((typical(true) / typical(false) - 1) * 100).toFixed(1)} % longer at ${load} times the load`;
}
