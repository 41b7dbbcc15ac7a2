import { parentPort, workerData } from 'node:worker_threads';
import type { Load } from '../../model/simulator/load.ts';
import type { SimulationOptions, SimulationRun } from '../../model/simulator/run.ts';
import type { System } from '../../model/simulator/system.ts';
import type { JobProgress, SimulationJob, WorkerReport, WorkerStart } from './messages.ts';

/** Progress is told this often; more would only cost. */
const PROGRESS_EVERY_MS = 100;

type Simulate = (system: System, load: Load, options: SimulationOptions) => SimulationRun;

/** Simulates one job after the other, as the thread that started this one asks for them. */
export function serveSimulations(simulateJob: Simulate): void {
  const parent = parentPort;
  if (!parent) throw new Error('this file is the entry of a worker thread');
  const { stop } = startOf(workerData);
  const say = (report: WorkerReport): void => parent.postMessage(report, []);
  parent.on('message', ({ system, load, options }: SimulationJob) => {
    let told_ms = performance.now();
    const onProgress = (progress: JobProgress): boolean => {
      if (performance.now() - told_ms >= PROGRESS_EVERY_MS) {
        told_ms = performance.now();
        say({ kind: 'progress', progress: { now_s: progress.now_s, events: progress.events } });
      }
      return Atomics.load(stop, 0) === 1;
    };
    try {
      say({ kind: 'done', run: simulateJob(system, load, { ...options, onProgress }) });
    } catch (error) {
      const { name, message, stack = message } = error instanceof Error ? error : new Error(String(error));
      say({ kind: 'failed', name, message, stack });
    }
  });
}

function startOf(data: unknown): WorkerStart {
  // The pool is our own code: what it starts a worker with is a WorkerStart.
  return data as WorkerStart;
}
