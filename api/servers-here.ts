import { availableParallelism, freemem, loadavg } from 'node:os';
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
/** From so many processes that want each core, a generator is late and the run would be INVALID. */
const LOAD_EACH_MAX = 3;

/** Looks only: starts nothing, and changes nothing. */
export function serversHere({ servers }: Experiment, plan: Plan, home?: string): ServersHere {
  const steps = new Set([servers.before.step, servers.after.step]);
  const missing = [...steps].flatMap((step) => missingFor(plan, step, home));
  const lacks = [
    ...new Set(missing.map(({ message }) => message)),
    ...(freemem() < MEMORY_BYTES_MIN
      ? [`only ${gib(freemem())} of memory are free, and it takes ${gib(MEMORY_BYTES_MIN)}`]
      : []),
    ...(isTurnTaken(home) ? ['another experiment goes on here'] : []),
    ...busyness(),
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

function busyness(): string[] {
  const [load = 0] = loadavg();
  const cores = availableParallelism();
  if (load <= LOAD_EACH_MAX * cores) return [];
  return [`the machine is busy: ${load.toFixed(0)} processes want its ${cores} processors`];
}

function gib(bytes: number): string {
  return `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
}
