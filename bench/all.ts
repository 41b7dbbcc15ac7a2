import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

// Every benchmark, one after the other, on a machine that does nothing else: `npm run bench`.
for (const name of ['start-up.ts', 'estimate.ts', 'simulator.ts', 'engine.ts', 'app.ts', 'stack.ts', 'html.ts']) {
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
