import { cpus, freemem } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { StackError } from '../infra/backend.ts';
import { localConfig } from '../infra/local/config.ts';
import { findPrograms } from '../infra/local/start-stack.ts';
import { localTopology } from '../model/topology/topology-of.ts';
import type { Experiment } from '../model/lesson/lesson.ts';
import type { Plan } from '../model/plan/plan.ts';
import { isTurnTaken } from './experiment-turn.ts';
import { stepOf } from './step-of.ts';

/** Whether an experiment can be made on servers; why not, each reason as the end of "simulated, as …", and what to do about it. */
export type ServersHere =
  { readonly ready: true } | { readonly ready: false; readonly lacks: readonly string[]; readonly help: string };

/** Two stacks at once. */
const MEMORY_BYTES_MIN = 3 * 1024 ** 3;
/** Where others take more of the processors than this, a generator is late and the run would be INVALID. */
const BUSY_MAX = 0.6;
/** The load average still counts what has ended a minute ago; an experiment before this one, say. */
const LOOKED_FOR_MS = 500;

/** Looks only, for half a second: starts nothing, and changes nothing. */
export async function serversHere({ servers }: Experiment, plan: Plan, home?: string): Promise<ServersHere> {
  const steps = new Set([servers.before.step, servers.after.step]);
  const missing = [...steps].flatMap((step) => missingFor(plan, step, home));
  const lacks = [
    ...new Set(missing.map(({ message }) => message)),
    ...(freemem() < MEMORY_BYTES_MIN
      ? [`only ${gib(freemem())} of memory are free, and it takes ${gib(MEMORY_BYTES_MIN)}`]
      : []),
    ...(isTurnTaken(home) ? ['another experiment goes on here'] : []),
    ...(await busyness()),
  ];
  if (lacks.length === 0) return { ready: true };
  return { ready: false, lacks, help: missing.find(({ help }) => help !== '')?.help ?? '' };
}

function missingFor(plan: Plan, step: number, home: string | undefined): StackError[] {
  try {
    findPrograms(localConfig(home === undefined ? {} : { home }), localTopology(plan, stepOf(plan, step)));
    return [];
  } catch (error) {
    if (error instanceof StackError) return [error];
    throw error;
  }
}

async function busyness(): Promise<string[]> {
  const before = processorTimes();
  await wait(LOOKED_FOR_MS);
  const after = processorTimes();
  const busy = (after.busy_ms - before.busy_ms) / Math.max(1, after.total_ms - before.total_ms);
  if (busy <= BUSY_MAX) return [];
  return [`the machine is busy: others take ${Math.round(busy * 100)} % of its processors`];
}

/** Of all processors together since the machine was started. */
function processorTimes(): { readonly busy_ms: number; readonly total_ms: number } {
  const all = cpus().map(({ times: { user, nice, sys, idle, irq } }) => ({ busy: user + nice + sys + irq, idle }));
  const busy_ms = all.reduce((sum, { busy }) => sum + busy, 0);
  return { busy_ms, total_ms: all.reduce((sum, { idle }) => sum + idle, busy_ms) };
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
