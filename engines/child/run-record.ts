import { conservationProblems } from '../../model/observation/conservation.ts';
import { bucketsOf } from '../../model/observation/histogram.ts';
import type { GeneratorHealth, Interval } from '../../model/observation/observation.ts';
import { scheduleDuration_s } from '../../model/workload/check-schedule.ts';
import type { Schedule } from '../../model/workload/workload.ts';
import { EngineError } from '../engine.ts';
import type { CellSoFar } from '../ledger/cell.ts';
import { Ledger } from '../ledger/ledger.ts';
import { WHOLE, type FinalResult, type Part, type Report } from './messages.ts';
import { SelfWatch } from './self-watch.ts';

export interface RunEnd {
  readonly started_at_ms: number;
  readonly elapsed_s: number;
  /** True when the run was stopped before its schedule was over. */
  readonly stopped: boolean;
  /** What the engine knows better than this process. */
  readonly health: Partial<GeneratorHealth>;
}

/** What is recorded: a job of an engine, or as much of one. */
export interface RecordedJob {
  readonly workload: { readonly classes: readonly { readonly class: string }[] };
  readonly schedule: Schedule;
  /** As `IntervalBook` takes it. */
  readonly late_s?: number;
  readonly so_far_every_s?: number;
}

/** What a generator process keeps about its run, and tells the parent second by second. */
export class RunRecord {
  readonly ledger: Ledger;
  readonly self = new SelfWatch();
  readonly duration_s: number;
  readonly #report: (report: Report) => void;
  #closed: Interval[] = [];
  #buckets: Int32Array[] = [];
  #seconds = 0;
  readonly #soFarEvery_s: number;
  #nextSoFar_s: number;
  #copying: Generator<CellSoFar> | undefined;
  #copied: CellSoFar[] = [];

  constructor(job: RecordedJob, report: (report: Report) => void, { of }: Part = WHOLE) {
    this.#report = report;
    this.#soFarEvery_s = job.so_far_every_s ?? Number.POSITIVE_INFINITY;
    this.#nextSoFar_s = this.#soFarEvery_s;
    this.duration_s = scheduleDuration_s(job.schedule);
    this.ledger = new Ledger({
      classes: job.workload.classes.map((template) => template.class),
      phases: job.schedule.phases.map((phase) => phase.name),
      duration_s: this.duration_s,
      ...(job.late_s === undefined ? {} : { late_s: job.late_s }),
      onInterval: (interval, response) => {
        this.#closed.push(interval);
        if (of > 1) this.#buckets.push(bucketsOf(response));
      },
    });
  }

  /** To be called often: ends seconds that are over and reports once a second. */
  tick(now_us: number, phase: string): void {
    this.ledger.intervals.tick(now_us, this.ledger.inFlight);
    this.#copyNext(Math.min(now_us / 1e6, this.duration_s));
    if (now_us < (this.#seconds + 1) * 1e6) return;
    this.#seconds = Math.floor(now_us / 1e6);
    this.self.sample();
    const { p95_us, sent } = this.ledger.intervals.latest();
    const at_s = Math.min(now_us / 1e6, this.duration_s);
    const { failures: errors, inFlight: in_flight } = this.ledger;
    const progress = { at_s, total_s: this.duration_s, phase, rate_per_s: sent, p95_us, errors, in_flight };
    this.#report({ type: 'progress', progress });
    this.#flush();
    if (this.#seconds < this.#nextSoFar_s) return;
    this.#nextSoFar_s = this.#seconds + this.#soFarEvery_s;
    this.#copying ??= this.ledger.changedCells();
  }

  /** Closes the record when nothing is in flight any more. Throws an `EngineError` if requests were not conserved. */
  close(end: RunEnd): FinalResult {
    this.ledger.intervals.finish(end.elapsed_s);
    this.#flush();
    const totals = this.ledger.totals();
    const problems = conservationProblems(totals);
    if (problems.length > 0) throw new EngineError(`the engine lost count: ${problems.join('; ')}`);
    const because = `stopped after ${end.elapsed_s.toFixed(1)} s of ${this.duration_s} s`;
    return {
      started_at_ms: end.started_at_ms,
      classes: this.ledger.classes(),
      totals,
      generator: { ...this.self.close(), send_lag_us: this.ledger.sendLag(), ...end.health },
      complete: !end.stopped,
      ...(end.stopped ? { incompleteBecause: because } : {}),
    };
  }

  /** A cell at a time: what is due in the meantime waits for no more than one. */
  #copyNext(at_s: number): void {
    const next = this.#copying?.next();
    if (next === undefined) return;
    if (next.done !== true) {
      this.#copied.push(next.value);
      return;
    }
    const generator = { ...this.self.now(), send_lag_us: this.ledger.sendLag() };
    this.#report({ type: 'so-far', at_s, cells: this.#copied, generator });
    this.#copying = undefined;
    this.#copied = [];
  }

  #flush(): void {
    if (this.#closed.length === 0) return;
    this.#report({ type: 'intervals', intervals: this.#closed, buckets: this.#buckets });
    this.#closed = [];
    this.#buckets = [];
  }
}
