import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { command, finish, freshHome } from './robustness/command-line.ts';
import { bystanders, clear, recordedPorts, remainsOf } from './robustness/remains.ts';

// `node bench/crash.ts --step 2 --moments 40`: kills `up`, `run`, `deploy` and `down` of the real application with SIGKILL
// at random moments, and looks what the next `down` leaves behind and how long it takes.
const { values } = parseArgs({
  options: {
    step: { type: 'string', default: '2' },
    moments: { type: 'string', default: '40' },
    commands: { type: 'string', default: 'up,run,deploy,down' },
  },
});
const CLEAN_UP_S_MAX = 10;
const DATA = ['--products', '1000', '--users', '100'];
const home = freshHome();
const scenario = join(home, 'short.yaml');
writeFileSync(
  scenario,
  `scenario: short
plan: amazon-shop
phases: [{ name: load, duration: 8 s, rate: 20 req/s }]
connections: 50
expect: [reached >= 90 %]
`,
);
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  up: ['up', '--step', values.step, ...DATA],
  run: ['run', scenario],
  deploy: ['deploy', '--watch', '2s'],
  down: ['down'],
};

/** How long each lasts when it is left alone: moments are drawn from that. */
async function durations(): Promise<Map<string, number>> {
  const lasts = new Map<string, number>();
  for (const name of ['up', 'deploy', 'run', 'down']) {
    const { took_s, code, said } = await finish(home, ARGUMENTS[name] ?? []);
    if (code !== 0) process.stdout.write(`${name} ended with ${code}: ${said}\n`);
    lasts.set(name, took_s);
  }
  return lasts;
}

async function killOnce(name: string, within_s: number): Promise<{ at_s: number; clean_up_s: number; left: string[] }> {
  if (name !== 'up') await finish(home, ARGUMENTS['up'] ?? []);
  const at_s = Math.random() * within_s;
  const { child } = command(home, ARGUMENTS[name] ?? []);
  const ended = once(child, 'exit');
  await delay(at_s * 1_000);
  child.kill('SIGKILL');
  await ended;
  const ports = recordedPorts(home, 'shop');
  const { took_s, code, said } = await finish(home, ['down']);
  const left = await remainsOf(home, ports);
  if (code !== 0) left.push(`down ended with ${code}: ${said}`);
  return { at_s, clean_up_s: took_s, left };
}

const elsewhere = mkdtempSync(join(tmpdir(), 'bystander-'));
const others = await bystanders(join(elsewhere, 'redis.sock'));
let worst_s = 0;
let late = 0;
let dirty = 0;
try {
  const names = values.commands.split(',');
  const lasts = await durations();
  process.stdout.write(`${[...lasts].map(([name, s]) => `${name} ${s.toFixed(1)} s`).join(', ')}\n`);
  for (let moment = 0; moment < Number(values.moments); moment += 1) {
    const name = names[moment % names.length] ?? 'up';
    const { at_s, clean_up_s, left } = await killOnce(name, lasts.get(name) ?? 1);
    worst_s = Math.max(worst_s, clean_up_s);
    if (clean_up_s > CLEAN_UP_S_MAX) late += 1;
    if (left.length > 0) {
      dirty += 1;
      await clear(home);
    }
    const verdict = left.length === 0 ? 'clean' : left.join('; ');
    process.stdout.write(`${name} killed after ${at_s.toFixed(2)} s: down ${clean_up_s.toFixed(1)} s, ${verdict}\n`);
  }
  const harmed = others.harmed();
  process.stdout.write(
    `step ${values.step}: ${values.moments} moments, ${dirty} left something, ${late} took more than ${CLEAN_UP_S_MAX} s, worst ${worst_s.toFixed(1)} s; bystanders: ${harmed.join(', ') || 'unharmed'}\n`,
  );
  if (dirty > 0 || harmed.length > 0) process.exitCode = 1;
} finally {
  await finish(home, ['down', '--purge']);
  await others.end();
  for (const folder of [home, elsewhere]) rmSync(folder, { recursive: true, force: true });
}
