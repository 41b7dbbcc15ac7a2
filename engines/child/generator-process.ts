import { fork, type ChildProcess } from 'node:child_process';
import type { LoadJob } from '../engine.ts';
import type { Order, Part, Report, Start } from './messages.ts';

const STDERR_KEPT = 2000;
/**
 * A small young generation: collections come oftener but stay short. An early first collection of the old generation
 * (it grows by what is still needed then): else memory creeps up by 0.5 MB a second for minutes before V8 cleans up.
 */
const V8_OPTIONS = ['--max-semi-space-size=4', '--initial-old-space-size=32'];
/** glibc gives back what V8's compiler took for its work, instead of keeping it for good: some 15 MB. */
const MALLOC = { MALLOC_MMAP_THRESHOLD_: '65536', MALLOC_TRIM_THRESHOLD_: '65536' };

export interface ExitFacts {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The end of what the process wrote to standard error. */
  readonly stderr: string;
}

export interface GeneratorListener {
  onReport(report: Report): void;
  /** Once, when the process is gone and all its reports have come in. */
  onExit(facts: ExitFacts): void;
}

/** A load generator in a Node process of its own, so that nothing in the parent can disturb its clock. */
export class GeneratorProcess {
  readonly #child: ChildProcess;
  #stderr = '';

  constructor(entry: URL, job: LoadJob, part: Part, listener: GeneratorListener) {
    const { NODE_OPTIONS: _ignored, ...env } = process.env;
    this.#child = fork(entry, [], {
      execPath: process.execPath,
      execArgv: V8_OPTIONS,
      env: { ...env, ...MALLOC },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_KEPT);
    });
    this.#child.on('message', (report) => listener.onReport(asReport(report)));
    const exit = (code: number | null, signal: NodeJS.Signals | null): void => {
      listener.onExit({ code, signal, stderr: this.#stderr.trim() });
    };
    this.#child.once('error', (error) => {
      this.#stderr += error.message;
      if (this.#child.pid === undefined) exit(null, null);
    });
    this.#child.once('close', exit);
    this.#send({ type: 'job', job, part });
  }

  start(start: Start): void {
    this.#send({ type: 'start', start });
  }

  stop(): void {
    this.#send({ type: 'stop' });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #send(order: Order): void {
    // A process that is already gone is reported by its exit.
    if (this.#child.connected) this.#child.send(order, () => {});
  }
}

function asReport(message: unknown): Report {
  // The generator is our own code, started by us: what it sends is a Report.
  return message as Report;
}
