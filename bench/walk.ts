import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCourses } from '../api/lessons.ts';

// How long a learner waits for a lesson: from the start of the process until its first page is out, for every lesson.
const RUNS = 20;
const TARGET_MS = 300;
const main = join(import.meta.dirname, '../cli/shop-plan.js');
const state = mkdtempSync(join(tmpdir(), 'shop-plan-walk-'));
const env = { ...process.env, XDG_STATE_HOME: state };

async function firstPage_ms(words: readonly string[]): Promise<number> {
  const start_ms = performance.now();
  const child = spawn(process.execPath, [main, 'walk', ...words], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end('q\n');
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), ended]);
  const took_ms = performance.now() - start_ms;
  child.stdout.resume();
  const [code] = await ended;
  if (code !== 0) throw new Error(`walk ${words.join(' ')} ended with ${String(code)}: ${said}`);
  return took_ms;
}

function bare_ms(): number {
  const start_ms = performance.now();
  spawnSync(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  return performance.now() - start_ms;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const lessons = shippedCourses().flatMap(({ lessons }) => lessons);
// The first run fills the compile cache.
for (const { course, number } of lessons) await firstPage_ms([course, String(number)]);
const bare = median(Array.from({ length: RUNS }, bare_ms));
process.stdout.write(`a bare start of Node takes ${bare.toFixed(0)} ms (median of ${RUNS})\n`);
for (const { course, number } of lessons) {
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await firstPage_ms([course, String(number)]));
  process.stdout.write(
    `walk ${course} ${number}: first page after ${median(runs).toFixed(0)} ms, at worst ${Math.max(...runs).toFixed(0)} ms (target <= ${TARGET_MS} ms, median of ${RUNS})\n`,
  );
}
rmSync(state, { recursive: true });
