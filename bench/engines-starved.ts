import { spawn, type ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { availableParallelism, constants, setPriority } from 'node:os';
import { descendants } from '../engines/conformance/hold-up.ts';
import type { Engine, LoadResult } from '../engines/engine.ts';
import { findK6 } from '../engines/k6/find-k6.ts';
import { k6 } from '../engines/k6/k6.ts';
import { openLoop } from '../engines/open-loop/open-loop.ts';
import { validity } from '../model/judge/validity.ts';
import type { ValidityCheck } from '../model/judge/validity.ts';
import { OBSERVATION_FORMAT_VERSION, type Observation } from '../model/observation/observation.ts';
import { startNullServer } from './engine-nginx.ts';
import { paceJob } from './engine-pace.ts';
import type { Figure } from './engines.ts';

const SECONDS = 4;
/** What each can do on a part of a core, and not on what is left of one. */
const RATES: readonly (readonly [Engine, number])[] = [
  [openLoop, 2000],
  [k6, 300],
];

/** Starved and healthy runs of each engine: all of the former have to be INVALID, none of the latter. */
export async function countInvalid(runs: number): Promise<Figure[]> {
  const server = await startNullServer();
  const figures: Figure[] = [];
  try {
    for (const [engine, rate_per_s] of RATES) {
      if (engine === k6 && findK6() === undefined) {
        figures.push({ figure: 'k6', measured: 'not on this machine', target: '' });
        continue;
      }
      const healthy = await runMany(runs, () => runOnce(engine, server.url, rate_per_s, false));
      const starved = await runMany(runs, () => runOnce(engine, server.url, rate_per_s, true));
      figures.push(figureOf(`${engine.name}, healthy, INVALID`, healthy, 0));
      figures.push(figureOf(`${engine.name}, starved, INVALID`, starved, runs));
    }
    return figures;
  } finally {
    await server.stop();
  }
}

type Failed = readonly ValidityCheck[];

async function runMany(runs: number, run: () => Promise<Failed>): Promise<Failed[]> {
  const found: Failed[] = [];
  for (let i = 0; i < runs; i++) found.push(await run());
  return found;
}

function figureOf(figure: string, runs: readonly Failed[], expected: number): Figure {
  const invalid = runs.filter((failed) => failed.length > 0).length;
  const names = [...new Set(runs.flatMap((failed) => failed.map(({ name }) => name)))];
  const by = names.length > 0 ? ` (${names.join(', ')})` : '';
  const measured = `${invalid} of ${runs.length}${by}`;
  return { figure, measured, target: `${expected} of ${runs.length}`, met: invalid === expected };
}

/** The checks that make a run INVALID. */
async function runOnce(engine: Engine, url: string, rate_per_s: number, starve: boolean): Promise<Failed> {
  const before = new Set(descendants().map(({ pid }) => pid));
  let siblings: ChildProcess[] = [];
  const onPhase = (): void => {
    // Told again at the end of the schedule, when there is nothing left to starve.
    if (starve && siblings.length === 0) siblings = starveAllBut(before);
  };
  try {
    const result = await engine.run(paceJob(url, rate_per_s, SECONDS), { onPhase });
    const checks = validity(observationOf(engine, result, rate_per_s), engine.claims);
    return checks.filter(({ ok, severity }) => !ok && severity === 'invalid');
  } finally {
    for (const sibling of siblings) sibling.kill('SIGKILL');
  }
}

/** Gives the generator the lowest priority, and each core two processes that never rest. Returns those. */
function starveAllBut(before: ReadonlySet<number>): ChildProcess[] {
  for (const { pid } of descendants()) {
    // On Linux each thread has a priority of its own.
    if (!before.has(pid)) for (const thread of readdirSync(`/proc/${pid}/task`)) lower(Number(thread));
  }
  return Array.from({ length: 2 * availableParallelism() }, () =>
    spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }),
  );
}

function lower(thread: number): void {
  setPriority(thread, constants.priority.PRIORITY_LOW);
}

function observationOf(engine: Engine, result: LoadResult, rate_per_s: number): Observation {
  return {
    formatVersion: OBSERVATION_FORMAT_VERSION,
    what: {
      plan: 'bench',
      step: 1,
      scenario: 'pace',
      scale: 1,
      seed: 1,
      executor: 'live',
      engine: engine.name,
      profile: 'machine',
      environment: {},
    },
    phases: [{ name: 'pace', start_s: 0, end_s: SECONDS, judged: true, target_rate_per_s: rate_per_s, counters: {} }],
    tiers: [],
    events: [],
    ...result,
  };
}
