import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isCriterionProblem, parseCriterion } from '../model/judge/criterion.ts';
import type { Criterion } from '../model/judge/criterion.ts';
import { SIMULATOR_CLAIMS } from '../model/judge/claims.ts';
import { classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import { readPlan } from '../model/plan/read-plan.ts';
import { readScenario } from '../model/scenario/read-scenario.ts';
import { readExposition } from '../reports/testing/exposition.ts';
import { watchRuns } from './run-progress.ts';
import type { WatchedRun } from './run-progress.ts';
import { recordingTerminal } from './testing/recording-terminal.ts';

function criterion(text: string): Criterion {
  const read = parseCriterion(text);
  if (isCriterionProblem(read)) throw new Error(read.message);
  return read;
}

const CRITERIA = [criterion('p95(latency) < 5 ms')];
const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
assume: { load: 1 req/s }
requests: { search: { share: 100 %, kind: read, method: GET, path: / } }
architecture:
  - { step: 1, name: one, tiers: { app: { kind: express, instances: 2, demand: load, capacity: 99 req/s } } }
`,
);
const SCENARIO = '{ scenario: peak, phases: [{ name: peak, duration: 60 s, rate: 100 req/s }] }';
const RUN: WatchedRun = {
  plan: PLAN,
  scenario: readScenario('peak.yaml', SCENARIO, PLAN, new Map([['open-loop', true]])),
  stack: { name: 'shop', plan: 'mine', step: 1, base_url: '', processes: [], feeds_dir: '' },
  engine: { name: 'open-loop', claims: { ...SIMULATOR_CLAIMS, use: '', limits: '' }, run: () => Promise.reject() },
  scale: 1,
};
const PROGRESS = {
  at_s: 1,
  total_s: 60,
  phase: 'peak',
  rate_per_s: 99,
  target_per_s: 100,
  p95_us: 200_000,
  errors: 0,
  in_flight: 3,
  faults: [],
};
const SEEN = observationByHand([classByHand({ latencies: [[200_000, 5000]] })]);

test('elsewhere than on a terminal: lines, with the verdict so far as soon as there is one', async () => {
  const { terminal, live, messages } = recordingTerminal(false);
  await watchRuns(terminal, {}, async (listen) => {
    const { onProgress, onSoFar } = listen(RUN, CRITERIA);
    onProgress?.(PROGRESS);
    onSoFar?.({ ...SEEN, phases: SEEN.phases.map((phase) => ({ ...phase, judged: false })) });
    onProgress?.({ ...PROGRESS, at_s: 2 });
    onSoFar?.(SEEN);
  });
  expect(live).toEqual([]);
  expect(messages).toEqual(['0:01 peak: `peak` begins', '0:02 peak: so far ✗ FAIL p95(latency) < 5 ms: 200 ms']);
});

test('on a terminal: in place, and no messages', async () => {
  const { terminal, live, messages } = recordingTerminal(true);
  await watchRuns(terminal, {}, async (listen) => {
    const { onProgress, onSoFar } = listen(RUN, CRITERIA);
    onProgress?.(PROGRESS);
    onSoFar?.(SEEN);
  });
  expect(messages).toEqual([]);
  expect(live.map((lines) => lines.length)).toEqual([1, 3]);
});

test('quiet: nothing, and what was seen so far is not asked for', async () => {
  const { terminal, live, messages } = recordingTerminal(true);
  await watchRuns(terminal, { quiet: true }, async (listen) => expect(listen(RUN, CRITERIA)).toEqual({}));
  expect([...live, ...messages]).toEqual([]);
});

test('metrics are served while runs go on, and no longer', async () => {
  const { terminal, messages } = recordingTerminal(true);
  let url = '';
  await watchRuns(terminal, { quiet: true, metricsPort: 0 }, async (listen) => {
    url = /http\S+/.exec(messages.join())?.[0] ?? '';
    expect(await (await fetch(url)).text()).toBe('');
    const { onProgress, onSoFar } = listen(RUN, CRITERIA);
    onProgress?.(PROGRESS);
    onSoFar?.(SEEN);
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const failing = readExposition(await answer.text()).filter(({ labels }) => labels['status'] === 'FAIL');
    expect(failing.map(({ value }) => value)).toEqual([1]);
    expect((await fetch(new URL('/other', url))).status).toBe(404);
  });
  await expect(fetch(url)).rejects.toThrow('fetch failed');
});

test('a port that is taken is told, with what to do', async () => {
  const { terminal, messages } = recordingTerminal(false);
  await watchRuns(terminal, { metricsPort: 0 }, async () => {
    const taken = Number(new URL(/http\S+/.exec(messages.join())?.[0] ?? '').port);
    const work = watchRuns(terminal, { metricsPort: taken }, () => Promise.resolve());
    await expect(work).rejects.toThrow(`metrics cannot be served on port ${taken}: it is taken`);
  });
});

test('metrics in a file are whole whenever it is read, and nothing else is left beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'metrics-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const metricsFile = join(folder, 'run.prom');
  const { terminal } = recordingTerminal(false);
  await watchRuns(terminal, { metricsFile, quiet: true }, async (listen) => {
    const { onProgress, onSoFar } = listen(RUN, CRITERIA);
    onProgress?.(PROGRESS);
    for (let time = 0; time < 5; time++) onSoFar?.(SEEN);
  });
  expect(await readdir(folder)).toEqual(['run.prom']);
  expect(readExposition(await readFile(metricsFile, 'utf8')).length).toBeGreaterThan(20);
});

test('a file that cannot be written is told before anything runs, and later it ends no run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'metrics-'));
  const { terminal, messages } = recordingTerminal(false);
  const nowhere = { metricsFile: join(folder, 'not', 'there.prom') };
  const never = watchRuns(terminal, nowhere, () => Promise.reject(new Error('it ran')));
  await expect(never).rejects.toThrow('metrics cannot be written to');
  await watchRuns(terminal, { metricsFile: join(folder, 'run.prom'), quiet: true }, async (listen) => {
    await rm(folder, { recursive: true });
    const { onProgress, onSoFar } = listen(RUN, CRITERIA);
    onProgress?.(PROGRESS);
    onSoFar?.(SEEN);
    onSoFar?.(SEEN);
  });
  expect(messages).toEqual([expect.stringMatching(/^metrics cannot be written to .*run\.prom any more: ENOENT/)]);
});
