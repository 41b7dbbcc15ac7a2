import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { EngineError } from '../engine.ts';
import { steadyJob } from '../testing/jobs.ts';
import { ok, startStub } from '../testing/stub-server.ts';
import { runJob } from './run-job.ts';

const entry = (name: string): URL => new URL(`./testing/${name}.ts`, import.meta.url);
const job = steadyJob('http://127.0.0.1:9', 1, 60, { drain_s: 0 });

test('a generator that dies is an engine error that tells how and when', async () => {
  const run = runJob(entry('dying-generator'), job, {});
  await expect(run).rejects.toThrow(EngineError);
  await expect(run).rejects.toThrow(/exited with code 7 1\.0 s into the schedule.*out of luck/);
});

test('a generator that fails is an engine error with its words', async () => {
  const run = runJob(entry('failing-generator'), job, {});
  await expect(run).rejects.toThrow(EngineError);
  await expect(run).rejects.toThrow('no can do');
});

test('a generator that cannot start is an engine error', async () => {
  await expect(runJob(entry('not-there'), job, {})).rejects.toThrow(/exited with code 1/);
});

test('a generator that does not stop when asked to is killed', async () => {
  const run = runJob(entry('deaf-generator'), job, { signal: AbortSignal.abort() }, 200);
  await expect(run).rejects.toThrow(/did not stop/);
});

test('a generator ends by itself when its parent is gone', async () => {
  const server = await startStub((_, response) => ok(response));
  const parent = fork(fileURLToPath(entry('parent')), [server.url], { execArgv: [], stdio: 'ignore' });
  await vi.waitFor(() => expect(server.seen.length).toBeGreaterThan(5), 20_000);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(server.open()).toBe(0), 20_000);
  await server.close();
});
