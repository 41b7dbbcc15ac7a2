import { setTimeout as wait } from 'node:timers/promises';
import type { Engine, LoadResult, Watch } from '../engine.ts';
import { startStub } from '../testing/stub-server.ts';
import { descendants, holdUp } from './hold-up.ts';
import { jobOf, type Claim, type Conformance, type Trial } from './trial.ts';
import { TRIALS } from './trials.ts';

/** Attempts at a trial, where the engine claims to pass: a busy machine may spoil one, a wrong claim spoils all. */
const ATTEMPTS_MAX = 3;

/** What an engine's figures can be trusted for, whatever it says of itself: each claim stands when all of its trials have no problem. */
export async function measureClaims(engine: Engine): Promise<Conformance> {
  // Holding up works on all processes that were started meanwhile, so it has to be alone.
  const alone = TRIALS.filter(({ hold_ms }) => hold_ms !== undefined);
  const beside = TRIALS.filter(({ hold_ms }) => hold_ms === undefined);
  const first = await Promise.all(beside.map((trial) => runTrial(engine, trial)));
  for (const trial of alone) first.push(await runTrial(engine, trial));
  const found: Found[] = [];
  for (const each of first) found.push(engine.claims[each.trial.claim] ? await repeat(engine, each) : each);
  const stands = (claim: Claim): boolean =>
    found.every(({ trial, problems }) => trial.claim !== claim || problems.length === 0);
  return {
    claims: {
      paces: stands('paces'),
      responseFromIntended: stands('responseFromIntended'),
      survivesResets: stands('survivesResets'),
    },
    problems: Object.fromEntries(
      found.flatMap(({ trial, problems }) => (problems.length > 0 ? [[trial.name, problems]] : [])),
    ),
  };
}

interface Found {
  readonly trial: Trial;
  readonly problems: readonly string[];
}

/** Again, one at a time, while there are problems. */
async function repeat(engine: Engine, first: Found): Promise<Found> {
  let found = first;
  for (let attempt = 1; found.problems.length > 0 && attempt < ATTEMPTS_MAX; attempt++) {
    found = await runTrial(engine, first.trial);
  }
  return found;
}

async function runTrial(engine: Engine, trial: Trial): Promise<Found> {
  const server = await startStub(trial.answer);
  try {
    const result = await drive(engine, trial, server.url);
    return { trial, problems: trial.problems(result, server) };
  } finally {
    await server.close();
  }
}

async function drive(engine: Engine, trial: Trial, url: string): Promise<LoadResult> {
  const before = new Set(descendants().map(({ pid }) => pid));
  let held: Promise<void> | undefined;
  const watch: Watch = {
    onProgress: () => {
      if (trial.hold_ms !== undefined) held ??= holdForAWhile(before, trial.hold_ms);
    },
  };
  const result = await engine.run(jobOf(trial, url), watch);
  await held;
  return result;
}

async function holdForAWhile(before: ReadonlySet<number>, hold_ms: number): Promise<void> {
  const letGo = holdUp(descendants().filter(({ pid }) => !before.has(pid)));
  try {
    await wait(hold_ms);
  } finally {
    letGo();
  }
}
