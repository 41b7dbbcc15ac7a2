import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

// Steps 2, 4 and 6 from nothing, down, up again with their data; and the peak at full scale on step 2 and 4:
// `node bench/stack.ts [--no-peak]`.
const STEPS = [
  { step: 2, fresh_s: 15, kept_s: 6, peak: true },
  { step: 4, fresh_s: 30, kept_s: 15, peak: true },
  { step: 6, fresh_s: 45, kept_s: 25, peak: false },
];
const DOWN_S = 10;
const main = join(import.meta.dirname, '../cli/shop-plan.js');
const home = mkdtempSync(join(tmpdir(), 'sp-bench-'));
// Servers drop root's privileges and still have to reach their folders.
chmodSync(home, 0o755);
const env = { ...process.env, SHOP_PLAN_HOME: home };

function timed(what: string, target_s: number, args: readonly string[]): void {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [main, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const took = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${what}: ${took} s (target ${target_s} s), exit code ${status}\n`);
}

try {
  for (const { step, fresh_s, kept_s, peak } of STEPS) {
    const up = ['up', '--step', String(step)];
    timed(`step ${step} up from nothing`, fresh_s, up);
    timed(`step ${step} down`, DOWN_S, ['down']);
    timed(`step ${step} up with data`, kept_s, up);
    if (peak && !process.argv.includes('--no-peak')) {
      spawnSync(process.execPath, [main, 'run', 'peak', '--long'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
    }
    timed(`step ${step} down with its data`, DOWN_S, ['down', '--purge']);
  }
} finally {
  spawnSync(process.execPath, [main, 'down', '--purge'], { env, stdio: 'ignore' });
  rmSync(home, { recursive: true, force: true });
}
