import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// How long `estimate` takes against a bare start of Node, in pairs, so that a machine that changes its speed does not matter.
const RUNS = 15;
const main = join(import.meta.dirname, '../cli/shop-plan.js');

function seconds(args: readonly string[]): number {
  const start = performance.now();
  spawnSync(process.execPath, args, { stdio: 'ignore' });
  return (performance.now() - start) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

// The first run fills the compile cache.
seconds([main, 'estimate']);
const pairs = Array.from({ length: RUNS }, () => [seconds([main, 'estimate']), seconds(['-e', '0'])] as const);
const ratio = median(pairs.map(([estimate, bare]) => estimate / bare));
const estimate_ms = median(pairs.map(([estimate]) => estimate)) * 1000;
const bare_ms = median(pairs.map(([, bare]) => bare)) * 1000;
process.stdout.write(
  `estimate ${estimate_ms.toFixed(0)} ms, bare node ${bare_ms.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (target <= 4, median of ${RUNS} pairs)\n`,
);
