import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';

// Step 2 from nothing, down, up again with its data, and the peak at full scale: `node bench/stack.ts`.
const main = join(import.meta.dirname, '../cli/shop-plan.js');
const home = mkdtempSync(join(tmpdir(), 'sp-bench-'));
// Servers drop root's privileges and still have to reach their folders.
chmodSync(home, 0o755);
const env = { ...process.env, SHOP_PLAN_HOME: home };

function timed(what: string, target: string, args: readonly string[]): void {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, [main, ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const took = ((performance.now() - start) / 1000).toFixed(1);
  process.stdout.write(`${what}: ${took} s (target ${target}), exit code ${status}\n`);
}

try {
  timed('step 2 up from nothing', '20 s', ['up', '--step', '2']);
  timed('down', '5 s', ['down']);
  timed('step 2 up with data', '8 s', ['up', '--step', '2']);
  spawnSync(process.execPath, [main, 'run', 'peak', '--full'], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  timed('down', '5 s', ['down', '--purge']);
} finally {
  spawnSync(process.execPath, [main, 'down', '--purge'], { env, stdio: 'ignore' });
  rmSync(home, { recursive: true, force: true });
}
