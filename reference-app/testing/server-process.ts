import { spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { until } from './until.ts';
import type { Owner } from './owner.ts';

const READY_MS = 30_000;

export interface ProcessPlan {
  readonly command: string;
  readonly args: readonly string[];
  readonly owner: Owner;
  readonly folder: string;
  readonly ready: () => Promise<void>;
  readonly killSignal: NodeJS.Signals;
  /** How it is asked to stop; SIGINT unless told otherwise. */
  readonly stopSignal?: NodeJS.Signals;
  readonly env?: Record<string, string>;
  /** Whether it runs in a process group of its own, and signals are for all of that group. */
  readonly group?: boolean;
  readonly ready_ms?: number;
}

/** One child process; only this process, by its own handle, is ever signalled. */
export class ServerProcess {
  readonly #plan: ProcessPlan;
  #child: ChildProcess | undefined;
  #output = '';
  /** The last resort when a test run ends without its clean-up. */
  readonly #onExit = () => this.#signal('SIGKILL');

  constructor(plan: ProcessPlan) {
    this.#plan = plan;
    process.on('exit', this.#onExit);
  }

  async startOrClean(): Promise<void> {
    try {
      await this.start();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async start(): Promise<void> {
    const { command, args, owner, folder, ready, group = false, ready_ms = READY_MS } = this.#plan;
    const env = this.#plan.env ?? process.env;
    const child = spawn(command, args, {
      ...owner,
      cwd: folder,
      env,
      detached: group,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    this.#output = '';
    const keep = (chunk: Buffer) => {
      this.#output = `${this.#output}${chunk.toString()}`.slice(-4_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`${command} ended with ${child.exitCode}:\n${this.#output}`);
      return await ready().then(
        () => true,
        () => false,
      );
    }, ready_ms);
  }

  freeze(): void {
    this.#signal('SIGSTOP');
  }

  thaw(): void {
    this.#signal('SIGCONT');
  }

  async kill(): Promise<void> {
    await this.#end(this.#plan.killSignal);
  }

  async stop(): Promise<void> {
    await this.#end(this.#plan.stopSignal ?? 'SIGINT');
    process.off('exit', this.#onExit);
    await rm(this.#plan.folder, { recursive: true, force: true });
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once('exit', () => resolve());
    this.#signal('SIGCONT');
    this.#signal(signal);
    const lastResort = setTimeout(() => this.#signal('SIGKILL'), 10_000);
    await promise;
    clearTimeout(lastResort);
  }

  /** Only while our own child lives is its group surely ours. */
  #signal(signal: NodeJS.Signals): void {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    if (this.#plan.group === true) process.kill(-child.pid, signal);
    else child.kill(signal);
  }
}
