import type { Interval } from '../../model/observation/observation.ts';
import { EngineError, type LoadJob, type LoadResult, type Watch } from '../engine.ts';
import { GeneratorProcess, type ExitFacts } from './generator-process.ts';
import type { Report } from './messages.ts';

/** Beyond the drain, what an orderly end may take before the generator is killed. */
const GRACE_MS = 10_000;

/**
 * Runs a job in a generator process and gathers what it reports. Rejects with an `EngineError` when the generator
 * cannot start, fails or dies, telling how far it had come. An abort stops it; the result then says so.
 */
export function runJob(entry: URL, job: LoadJob, watch: Watch, grace_ms = GRACE_MS): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const intervals: Interval[] = [];
    let outcome: (() => void) | undefined;
    let killer: NodeJS.Timeout | undefined;
    let at_s = 0;

    const fail = (error: unknown): void => {
      outcome ??= () => reject(error instanceof Error ? error : new EngineError(String(error)));
      generator.kill();
    };
    const take = (report: Report): void => {
      if (report.type === 'intervals') intervals.push(...report.intervals);
      else if (report.type === 'phase') watch.onPhase?.(report.phase, report.at_s);
      else if (report.type === 'progress') {
        at_s = report.progress.at_s;
        watch.onProgress?.(report.progress);
      } else if (report.type === 'failed') outcome ??= () => reject(new EngineError(report.message));
      else outcome ??= () => resolve({ ...report.result, intervals });
    };
    const stop = (): void => {
      generator.stop();
      killer ??= setTimeout(
        () => fail(new EngineError('the load generator did not stop when asked to and was killed')),
        job.drain_s * 1000 + grace_ms,
      );
    };
    const generator = new GeneratorProcess(entry, job, {
      onReport(report) {
        try {
          take(report);
        } catch (error) {
          // A callback of the caller threw: the run ends with that error.
          fail(error);
        }
      },
      onExit(facts) {
        watch.signal?.removeEventListener('abort', stop);
        clearTimeout(killer);
        if (outcome === undefined) reject(new EngineError(deathMessage(facts, at_s, intervals.length)));
        else outcome();
      },
    });
    watch.signal?.addEventListener('abort', stop, { once: true });
    if (watch.signal?.aborted) stop();
  });
}

function deathMessage(facts: ExitFacts, at_s: number, seconds: number): string {
  const how = facts.signal === null ? `exited with code ${facts.code}` : `was ended by ${facts.signal}`;
  const far = `${at_s.toFixed(1)} s into the schedule, with ${seconds} complete seconds on record`;
  return `the load generator ${how} ${far}${facts.stderr === '' ? '' : `: ${facts.stderr}`}`;
}
