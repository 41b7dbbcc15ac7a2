import { rmSync } from 'node:fs';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Interval } from '../../model/observation/observation.ts';
import type { FinalResult, Report } from '../child/messages.ts';
import { PhaseClock } from '../child/phase-clock.ts';
import { RunRecord } from '../child/run-record.ts';
import type { LoadJob } from '../engine.ts';
import { Account } from './account.ts';
import { requireK6 } from './find-k6.ts';
import { Health } from './health.ts';
import { K6Process } from './k6-process.ts';
import { readRecordLine } from './record-line.ts';
import { readOutcome } from './read-outcome.ts';
import { allDropped, withDrops } from './with-drops.ts';
import { writeTest } from './write-test.ts';

const TICK_MS = 20;
/** A second is over at the latest so long after its end, when nothing is told any more. */
const SILENCE_US = 1e6;
/** What k6 says once in a phase in which it drops. */
const DROPPING = 'Insufficient VUs';

/** Has k6 drive a job and keeps account of what its script tells. */
export async function driveK6(job: LoadJob, report: (report: Report) => void, stop: AbortSignal): Promise<FinalResult> {
  const { keep_in } = job;
  if (keep_in !== undefined) await mkdir(keep_in, { recursive: true });
  const folder = keep_in ?? (await mkdtemp(join(tmpdir(), 'shop-plan-k6-')));
  const clear = (): void => rmSync(folder, { recursive: true, force: true });
  // Also when this process ends early, because its parent is gone.
  if (keep_in === undefined) process.once('exit', clear);
  const script = await writeTest(job, folder);
  return new Drive(job, report).run(script, folder, stop);
}

class Drive {
  readonly #job: LoadJob;
  readonly #report: (report: Report) => void;
  readonly #record: RunRecord;
  readonly #account: Account;
  readonly #phases: PhaseClock;
  readonly #health = new Health();
  /** Held back until k6 tells at its end what it dropped. */
  readonly #intervals: Interval[] = [];
  #started_at_ms: number | undefined;
  #in_flight_at_end = 0;

  constructor(job: LoadJob, report: (report: Report) => void) {
    this.#job = job;
    this.#report = report;
    this.#record = new RunRecord(job, (each) => {
      if (each.type === 'intervals') this.#intervals.push(...each.intervals);
      else report(each);
    });
    this.#account = new Account(job.schedule, this.#record.ledger);
    this.#phases = new PhaseClock(job.schedule, (phase, at_s) => report({ type: 'phase', phase, at_s }));
  }

  async run(script: string, folder: string, stop: AbortSignal): Promise<FinalResult> {
    const k6 = new K6Process(requireK6(), script, folder, (line) => this.#take(line, k6));
    const timer = setInterval(() => this.#tick(k6), TICK_MS);
    let stopped_us: number | undefined;
    const onStop = (): void => {
      stopped_us = this.#now_us();
      k6.stop();
    };
    if (stop.aborted) onStop();
    stop.addEventListener('abort', onStop, { once: true });
    const exit = await k6.closed.finally(() => clearInterval(timer));
    const { dropped } = readOutcome(exit, { stopped: stop.aborted, underWay: this.#account.underWay });
    this.#account.close(this.#now_us());
    return this.#close(dropped, stopped_us);
  }

  #take(text: string, k6: K6Process): boolean {
    const line = readRecordLine(text);
    if (line === undefined) {
      if (text.startsWith(DROPPING)) this.#account.lag.drops(this.#phases.index);
      return false;
    }
    if (line.type !== 'started') this.#account.take(line);
    else {
      this.#started_at_ms = line.at_ms;
      this.#account.startAt(line.at_ms);
      this.#record.self.start();
      this.#health.start(k6);
    }
    return true;
  }

  #tick(k6: K6Process): void {
    if (this.#started_at_ms === undefined) return;
    const duration_us = this.#record.duration_s * 1e6;
    const now_us = this.#now_us();
    if (now_us >= duration_us) this.#record.self.close();
    else {
      this.#health.sample(k6);
      this.#in_flight_at_end = this.#account.underWay;
    }
    this.#phases.tick(Math.min(now_us, duration_us - 1));
    // The last second stays open: a k6 that lags behind goes on to tell of it.
    const told_us = Math.min(Math.max(this.#account.latest_us, now_us - SILENCE_US), duration_us - 1);
    this.#account.ticked(told_us);
    this.#record.tick(told_us, this.#phases.current);
  }

  #now_us(): number {
    return this.#started_at_ms === undefined ? 0 : (Date.now() - this.#started_at_ms) * 1000;
  }

  #close(told_dropped: readonly number[], stopped_us: number | undefined): FinalResult {
    const { duration_s, self } = this.#record;
    const elapsed_s = Math.min(duration_s, (stopped_us ?? Infinity) / 1e6);
    this.#phases.finish(elapsed_s);
    const told = this.#record.close({
      started_at_ms: this.#started_at_ms ?? Date.now(),
      elapsed_s,
      stopped: elapsed_s < duration_s,
      health: {
        ...this.#health.figures(self.close()),
        send_lag_us: this.#account.lag.figures(),
        in_flight_cap: Math.min(this.#job.connections, this.#job.in_flight_cap),
        sockets_max: Math.min(this.#job.connections, this.#job.in_flight_cap),
      },
    });
    const { workload, schedule } = this.#job;
    const shares = new Map(workload.classes.map((template) => [template.class, template.share]));
    const sent = this.#account.sentBySecond;
    const dropped = told.complete ? allDropped({ schedule, dropped: told_dropped, sent }) : told_dropped;
    const { result, intervals } = withDrops(told, this.#intervals, { schedule, shares, dropped, sent });
    const last = intervals.pop();
    const in_flight = told.complete ? this.#in_flight_at_end : 0;
    if (last !== undefined) intervals.push({ ...last, in_flight });
    this.#report({ type: 'intervals', intervals, buckets: [] });
    return result;
  }
}
