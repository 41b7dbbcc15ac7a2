import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { openLoop } from '../../engines/open-loop/open-loop.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { runScenario } from '../../harness/run-scenario.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';
import type { Scenario } from '../../model/scenario/scenario.ts';
import { readJsonLines } from '../json-lines.ts';

/** What one failover was like. */
export type Round = z.infer<typeof roundShape>;

const roundShape = z.object({
  mode: z.string(),
  profile: z.string(),
  acknowledged: z.number(),
  indeterminate: z.number(),
  lost: z.number(),
  recovered: z.number(),
  unread: z.number(),
  /** In s, `failover.outage_s` and its parts; bytes of the log that were lost at least. */
  counters: z.record(z.string(), z.number()),
});

const WELL_MS = 90_000;
const LOOK_EVERY_MS = 250;

/** Orders alone, as many as two cores write with everything else: each a transaction of several rows. */
export function scenarioOf(plan: Plan, outage_s: number, rate_per_s: number): Scenario {
  const text = `scenario: failovers
plan: amazon-shop
steps: [3]
mix: { checkout: 100 % }
phases:
  - { name: before, duration: 2 s, rate: ${rate_per_s} req/s }
  - { name: outage, duration: ${outage_s} s, rate: ${rate_per_s} req/s }
faults: [{ fault: crash, tier: database, in: outage, at: 0 s }]
watch: [failover]
checks: [writes]
`;
  return readScenario('failovers.yaml', text, plan, new Map([['open-loop', true]]), { instruments: INSTRUMENTS });
}

export interface Bench {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly backend: LocalBackend;
  readonly stack: Stack;
  readonly signal: AbortSignal;
}

/** Kills the primary under load, waits for the next one, and for the former one to follow it. Null when it was no failover. */
export async function failOver(bench: Bench, seed: number): Promise<Omit<Round, 'mode' | 'profile'> | null> {
  const { plan, scenario, backend, stack, signal } = bench;
  await untilWell(backend, stack.name);
  const environment = {};
  const engine = openLoop;
  const seen = await runScenario({ plan, scenario, stack, backend, engine, scale: 1, seed, environment, signal });
  const { writes, counters = {} } = seen;
  if (!seen.complete || !writes || counters['failover.promote_s'] === undefined) {
    process.stderr.write(`no failover: ${seen.incompleteBecause ?? 'no other node was promoted in time'}\n`);
    return null;
  }
  const { acknowledged, indeterminate, lost, recovered, unread } = writes;
  const ours = Object.entries(counters).filter(([name]) => name.startsWith('failover.'));
  return { acknowledged, indeterminate, lost, recovered, unread, counters: Object.fromEntries(ours) };
}

/** All replicas follow, so that a failover has somewhere to go. */
async function untilWell(backend: LocalBackend, name: string): Promise<void> {
  const end_ms = performance.now() + WELL_MS;
  for (;;) {
    const processes = (await backend.status(name))?.processes ?? [];
    const ill = processes.find(({ healthy }) => !healthy);
    if (processes.length > 0 && !ill) return;
    if (performance.now() > end_ms) throw new Error(`${ill?.id ?? name} is not well: ${ill?.detail ?? 'not up'}`);
    await delay(LOOK_EVERY_MS);
  }
}

/** Rounds of an earlier call that were kept in this file; none when there is none. */
export function readRounds(file: string): Round[] {
  return readJsonLines(file, roundShape);
}
