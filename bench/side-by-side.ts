import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { finish, freshHome } from './robustness/command-line.ts';
import { remainsOf } from './robustness/remains.ts';

// `node bench/side-by-side.ts --stacks 4 --starts 50`: stacks that come and go next to each other, with steps 1 and 2 in turn.
const { values } = parseArgs({
  options: { stacks: { type: 'string', default: '4' }, starts: { type: 'string', default: '50' } },
});
const DATA = ['--products', '1000', '--users', '100'];
const home = freshHome();
const failures: string[] = [];
let worst_s = 0;

async function comeAndGo(stack: number): Promise<void> {
  const name = `stack-${stack}`;
  for (let start = 0; start < Number(values.starts); start += 1) {
    const step = String(1 + ((stack + start) % 2));
    for (const args of [
      ['up', '--step', step, ...DATA],
      ['status'],
      ['down', ...(start % 5 === 4 ? ['--purge'] : [])],
    ]) {
      const { code, said, took_s } = await finish(home, [...args, '--name', name]);
      if (args[0] === 'up') worst_s = Math.max(worst_s, took_s);
      if (code !== 0) failures.push(`${name}, start ${start + 1}, ${args[0]}: exit code ${code}: ${said}`);
    }
  }
}

try {
  await Promise.all(Array.from({ length: Number(values.stacks) }, (_, index) => comeAndGo(index + 1)));
  failures.push(...(await remainsOf(home, [])));
  for (const failure of failures) process.stdout.write(`${failure}\n`);
  process.stdout.write(
    `${values.stacks} stacks side by side, ${values.starts} starts each: ${failures.length} failures, slowest start ${worst_s.toFixed(1)} s\n`,
  );
  if (failures.length > 0) process.exitCode = 1;
} finally {
  for (let stack = 1; stack <= Number(values.stacks); stack += 1) {
    await finish(home, ['down', '--purge', '--name', `stack-${stack}`]);
  }
  rmSync(home, { recursive: true, force: true });
}
