import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { estimate } from '../model/estimate/estimate.ts';
import { readPlan } from '../model/plan/read-plan.ts';

// What an estimate takes beyond its start: 10,000 samples, a plan of 1,000 quantities, and memory.
const RUNS = 5;
const QUANTITIES = 1000;
const SAMPLES = 10_000;
const TARGETS = { sampled_s: 1, thousand_ms: 100, memory_mb: 150 };
const main = join(import.meta.dirname, '../cli/shop-plan.js');
// Prints its own peak of memory when it ends, in KB.
const PEAK = "process.on('exit', () => process.stderr.write(`\\npeak ${process.resourceUsage().maxRSS}\\n`));";

function run(args: readonly string[]): { seconds: number; peak_mb: number } {
  const start = performance.now();
  const preload = `data:text/javascript,${encodeURIComponent(PEAK)}`;
  const { stderr, status } = spawnSync(process.execPath, ['--import', preload, main, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`shop-plan ${args.join(' ')} failed: ${stderr}`);
  const peak_kb = Number(/peak (\d+)/.exec(stderr)?.[1]);
  return { seconds: (performance.now() - start) / 1000, peak_mb: peak_kb / 1024 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A plan whose quantities all depend on others, in chains and over all five operators. */
function largePlan(): string {
  const derived = Array.from({ length: QUANTITIES }, (_, i) =>
    i < 10
      ? `  q${i}: users * ${i + 1} req/user/day`
      : `  q${i}: q${i - 1} * 0.9 + q${i - 10} / 3 - q${i - 7} * 0.1 ^ 2`,
  );
  return `plan: large\nassume:\n  users: { value: 1M users, low: 0.5M, high: 2M }\nderive:\n${derived.join('\n')}\n`;
}

function inside_ms(text: string): number {
  const start = performance.now();
  estimate(readPlan('large.yaml', text));
  return performance.now() - start;
}

for (const plan of ['amazon-shop', 'order-management', 'url-shortener']) {
  const args = ['estimate', plan, '--samples', String(SAMPLES)];
  run(args);
  const runs = Array.from({ length: RUNS }, () => run(args));
  const seconds = median(runs.map((each) => each.seconds));
  const peak_mb = median(runs.map((each) => each.peak_mb));
  process.stdout.write(
    `${plan}: ${SAMPLES} samples in ${seconds.toFixed(2)} s (target < ${TARGETS.sampled_s} s), ${peak_mb.toFixed(0)} MB (target < ${TARGETS.memory_mb} MB)\n`,
  );
}
const text = largePlan();
const first_ms = inside_ms(text);
const warm_ms = median(Array.from({ length: RUNS }, () => inside_ms(text)));
process.stdout.write(
  `${QUANTITIES} quantities read and estimated in ${first_ms.toFixed(0)} ms the first time, ${warm_ms.toFixed(0)} ms warm (target < ${TARGETS.thousand_ms} ms)\n`,
);
