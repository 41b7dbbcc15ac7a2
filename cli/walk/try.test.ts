import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCriteria } from '../../api/criteria.ts';
import { loadPlan } from '../../api/files.ts';
import type { Experiment, Trial } from '../../model/lesson/lesson.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { recordingTerminal } from '../testing/recording-terminal.ts';
import { tryExperiment } from './try.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-try-'));
const scenario = join(folder, 'orders.yaml');
beforeAll(() =>
  writeFileSync(
    scenario,
    "scenario: orders\nsteps: [3, 4]\nmix: { checkout: 100 % }\nphases: [{ name: orders, duration: 5 s, rate: '100 req/s' }]\n",
  ),
);
afterAll(() => rmSync(folder, { recursive: true }));
const plan = await loadPlan('amazon-shop', { claims: false });

const WAITING = { title: 'the customer waits', scenario, step: 3, set: [] };
const QUEUED = { title: 'a queue takes over', scenario, step: 4, set: [] };

function experimentWith(change: Partial<Trial>): Experiment {
  const goals = readCriteria(['p95(checkout) < 2 s']);
  const trial = { before: WAITING, after: QUEUED, goals, shows: [], ...change };
  return { title: 'Who waits', asks: 'Look at the time.', servers: trial, simulator: trial };
}

interface Tried {
  readonly code: ExitCode;
  readonly out: string;
  readonly err: string;
  readonly messages: readonly string[];
}

async function tried(experiment: Experiment | null, stop = new AbortController()): Promise<Tried> {
  const { terminal, messages } = recordingTerminal(false);
  const [out, err]: [string[], string[]] = [[], []];
  const into = (parts: string[]) => (text: string) => void parts.push(text);
  const context = { terminal: { ...terminal, out: into(out), err: into(err) }, signal: stop.signal };
  const code = await tryExperiment(context, { lesson: { id: 'amazon-shop/4', experiment }, plan, simulated: true });
  return { code, out: out.join(''), err: err.join(''), messages };
}

it('says what will be done before it is done, and what came of it', async () => {
  const { code, out, messages } = await tried(experimentWith({}));
  expect(code).toBe(EXIT.ok);
  expect(messages[0]).toBe('Who waits: both sides are simulated, which takes a few seconds. Ctrl-C ends it.');
  expect(out).toMatch(/p95\(checkout\) < 2 s +✗ fails it: [\d.]+ s +✓ meets it: [\d.]+ ms/);
  expect(out).toContain('Before fails its goal, and after meets it.');
});

it('ends with 1 when it does not come out, and with 4 when nothing is proven', async () => {
  const same = await tried(experimentWith({ before: QUEUED }));
  expect(same).toMatchObject({ code: EXIT.failed, out: expect.stringContaining('before meets all its goals') });
  const unseen = await tried(experimentWith({ goals: readCriteria(['counter(nobody.counts) <= 1']) }));
  expect(unseen).toMatchObject({ code: EXIT.invalid, out: expect.stringContaining('This proves nothing') });
});

it('is told and no end of the walk when there is nothing to try, or something is wrong with it', async () => {
  expect(await tried(null)).toMatchObject({
    code: EXIT.usage,
    err: expect.stringContaining('amazon-shop/4 has nothing'),
  });
  const wrong = await tried(experimentWith({ before: { ...WAITING, step: 5 } }));
  expect(wrong).toMatchObject({ code: EXIT.usage, out: '' });
});

it('ends at once when it is interrupted', async () => {
  const stop = new AbortController();
  stop.abort(new Error('interrupted'));
  expect(await tried(experimentWith({}), stop)).toMatchObject({ code: EXIT.interrupted, out: '' });
});
