import { Worker } from 'node:worker_threads';
import { entryBeside } from '../../engines/child/entry.ts';
import type { SimulationRun } from '../../model/simulator/run.ts';
import { RunError } from '../run-error.ts';
import type { JobProgress, SimulationJob, WorkerReport, WorkerStart } from './messages.ts';

/** What whoever gave a job wants to hear and to say while it is simulated. */
export interface JobWatch {
  readonly onProgress?: (progress: JobProgress) => void;
  /** Aborts when the job is no longer wanted; others go on. */
  readonly unwanted?: AbortSignal;
}

interface Task extends JobWatch {
  readonly job: SimulationJob;
  readonly resolve: (run: SimulationRun) => void;
  readonly reject: (reason: unknown) => void;
}

interface Thread {
  readonly worker: Worker;
  readonly stop: Int32Array;
  task: Task | undefined;
}

/**
 * Worker threads that simulate, one job each at a time; started when there is something to do. A simulation never gives
 * way, so that none of it runs in the thread that listens for Ctrl-C. When `signal` aborts all of them end at once, and every
 * job is rejected with its reason.
 */
export class Simulators {
  /** How many jobs are simulated at a time. */
  readonly width: number;
  readonly #entry: URL;
  readonly #threads = new Set<Thread>();
  readonly #waiting: Task[] = [];
  readonly #signal: AbortSignal;
  readonly #onAbort = (): void => void this.#endAll(this.#signal.reason);

  constructor(width: number, signal: AbortSignal, entry: URL = entryBeside(import.meta.url, 'worker')) {
    if (!Number.isInteger(width) || width < 1) throw new RangeError(`1 worker or more, not ${width}`);
    this.width = width;
    this.#entry = entry;
    this.#signal = signal;
    signal.addEventListener('abort', this.#onAbort, { once: true });
  }

  /**
   * Simulates a job as soon as a thread is free.
   * @throws RunError when its thread dies; whatever the simulation throws; the reason of an abort.
   */
  run(job: SimulationJob, watch: JobWatch = {}): Promise<SimulationRun> {
    const { promise, resolve, reject } = Promise.withResolvers<SimulationRun>();
    if (this.#signal.aborted) reject(this.#signal.reason);
    else this.#waiting.push({ job, ...watch, resolve, reject });
    this.#assign();
    return promise;
  }

  /** Ends all threads; jobs that are not done are rejected. */
  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#onAbort);
    await this.#endAll(new RunError('the simulators were closed'));
  }

  async #endAll(reason: unknown): Promise<void> {
    const threads = [...this.#threads];
    this.#threads.clear();
    for (const task of [...this.#waiting.splice(0), ...threads.flatMap(({ task }) => task ?? [])]) task.reject(reason);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }

  #assign(): void {
    while (this.#waiting.length > 0) {
      const free = [...this.#threads].find(({ task }) => task === undefined) ?? this.#start();
      const task = free && this.#waiting.shift();
      if (!free || !task) return;
      if (task.unwanted?.aborted) task.reject(task.unwanted.reason);
      else this.#give(free, task);
    }
  }

  #give(thread: Thread, task: Task): void {
    thread.task = task;
    Atomics.store(thread.stop, 0, 0);
    task.unwanted?.addEventListener('abort', () => {
      if (thread.task === task) Atomics.store(thread.stop, 0, 1);
    });
    thread.worker.postMessage(task.job, []);
  }

  #start(): Thread | undefined {
    if (this.#threads.size >= this.width) return undefined;
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(this.#entry, {
      workerData: { stop } satisfies WorkerStart,
      // Little is allocated while it simulates, and what a replication leaves behind is to be collected before the next one's.
      resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 512 },
    });
    const thread: Thread = { worker, stop, task: undefined };
    this.#threads.add(thread);
    worker.on('message', (report) => this.#hear(thread, asReport(report)));
    worker.on('error', (error) => this.#lose(thread, error instanceof Error ? error.message : String(error), error));
    worker.on('exit', (code) => this.#lose(thread, `it ended with code ${code}`));
    return thread;
  }

  #hear(thread: Thread, report: WorkerReport): void {
    const { task } = thread;
    if (!task) return;
    if (report.kind === 'progress') return task.onProgress?.(report.progress);
    thread.task = undefined;
    if (report.kind === 'failed') task.reject(asThrown(report));
    else if (task.unwanted?.aborted) task.reject(task.unwanted.reason);
    else task.resolve(report.run);
    this.#assign();
  }

  /** A thread that is gone takes its job with it; another is started for the next. */
  #lose(thread: Thread, how: string, cause?: unknown): void {
    if (!this.#threads.delete(thread)) return;
    const help = 'try again with fewer `--workers`, or at a smaller `--scale`';
    thread.task?.reject(new RunError(`a simulating thread died: ${how}`, help, cause));
    this.#assign();
  }
}

function asThrown({ name, message, stack }: Extract<WorkerReport, { kind: 'failed' }>): Error {
  const error = name === 'RangeError' ? new RangeError(message) : new Error(message);
  error.stack = stack;
  return error;
}

function asReport(message: unknown): WorkerReport {
  // The worker is our own code, started by us: what it sends is a WorkerReport.
  return message as WorkerReport;
}
