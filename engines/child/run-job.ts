import { EngineError, type LoadJob, type LoadResult, type Watch } from '../engine.ts';
import { divideJob } from './divide-job.ts';
import { GatheredReports } from './gather-reports.ts';
import { GeneratorProcess, type ExitFacts } from './generator-process.ts';
import type { Report } from './messages.ts';

/** Beyond the drain, what an orderly end may take before the generators are killed. */
const GRACE_MS = 10_000;
/** Between the last generator that is ready and the start of the schedule: the order to start has to reach them all. */
const LEAD_MS = 30;

/**
 * Runs a job in generator processes and gathers what they report. Rejects with an `EngineError` when one of them cannot start, fails or
 * dies, telling how far the run had come; the others then end, too. An abort stops them all; the result then says so.
 */
export function runJob(entry: URL, job: LoadJob, watch: Watch, grace_ms = GRACE_MS): Promise<LoadResult> {
  return new Promise((resolve, reject) => new JobRun(entry, job, watch, grace_ms, { resolve, reject }).begin());
}

interface Settle {
  resolve(result: LoadResult): void;
  reject(error: Error): void;
}

class JobRun {
  readonly #watch: Watch;
  readonly #settle: Settle;
  readonly #reports: GatheredReports;
  readonly #generators: readonly GeneratorProcess[];
  readonly #orderly_ms: number;
  #ready = 0;
  #gone = 0;
  #failure: Error | undefined;
  #killer: NodeJS.Timeout | undefined;

  constructor(entry: URL, job: LoadJob, watch: Watch, grace_ms: number, settle: Settle) {
    const parts = divideJob(job);
    this.#watch = watch;
    this.#settle = settle;
    this.#orderly_ms = job.drain_s * 1000 + grace_ms;
    this.#reports = new GatheredReports(parts.length, watch);
    this.#generators = parts.map(({ job: share, part }) => {
      return new GeneratorProcess(entry, share, part, {
        onReport: (report) => this.#take(part.index, report),
        onExit: (facts) => this.#onExit(part.index, facts),
      });
    });
  }

  begin(): void {
    this.#watch.signal?.addEventListener('abort', this.#stop, { once: true });
    if (this.#watch.signal?.aborted) this.#stop();
  }

  #take(index: number, report: Report): void {
    if (report.type === 'ready') this.#onReady();
    else if (report.type === 'failed') this.#fail(new EngineError(report.message));
    else {
      try {
        this.#reports.take(index, report);
      } catch (error) {
        // A callback of the caller threw: the run ends with that error.
        this.#fail(error instanceof Error ? error : new EngineError(String(error)));
      }
    }
  }

  #onReady(): void {
    this.#ready++;
    if (this.#ready < this.#generators.length) return;
    const monotonic_ns = process.hrtime.bigint() + BigInt(LEAD_MS * 1e6);
    for (const generator of this.#generators) generator.start({ monotonic_ns, wall_ms: Date.now() + LEAD_MS });
  }

  readonly #stop = (): void => {
    for (const generator of this.#generators) generator.stop();
    this.#killer ??= setTimeout(
      () => this.#fail(new EngineError('the load generator did not stop when asked to and was killed')),
      this.#orderly_ms,
    );
  };

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const generator of this.#generators) generator.kill();
  }

  #onExit(index: number, facts: ExitFacts): void {
    const { at_s, seconds } = this.#reports;
    if (!this.#reports.hasResultOf(index)) this.#fail(new EngineError(deathMessage(facts, at_s, seconds)));
    this.#gone++;
    if (this.#gone < this.#generators.length) return;
    this.#watch.signal?.removeEventListener('abort', this.#stop);
    clearTimeout(this.#killer);
    if (this.#failure) this.#settle.reject(this.#failure);
    else this.#settle.resolve(this.#reports.result());
  }
}

function deathMessage(facts: ExitFacts, at_s: number, seconds: number): string {
  const how = facts.signal === null ? `exited with code ${facts.code}` : `was ended by ${facts.signal}`;
  const far = `${at_s.toFixed(1)} s into the schedule, with ${seconds} complete seconds on record`;
  return `the load generator ${how} ${far}${facts.stderr === '' ? '' : `: ${facts.stderr}`}`;
}
