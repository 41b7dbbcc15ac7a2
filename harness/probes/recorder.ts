import { Clock } from '../../engines/child/clock.ts';
import type { Report } from '../../engines/child/messages.ts';
import { RunRecord } from '../../engines/child/run-record.ts';
import type { LoadResult, Progress } from '../../engines/engine.ts';
import type { Ending, Flight } from '../../engines/ledger/flight.ts';
import type { Interval } from '../../model/observation/observation.ts';
import type { Schedule, SchedulePhase } from '../../model/workload/workload.ts';

const TICK_MS = 100;
/** A probe may run on for a while when its phase is over, and may find out late that a request was due. */
const LATE_S = 10;

/** A request under way. */
export interface Begun {
  /** Once. `status` is that of the answer, 0 without one. */
  end(ending: Ending, status?: number): void;
}

/** Keeps account of what a probe sends, as engines do of theirs: every request counted once and timed in µs. */
export class Recorder {
  readonly #classes: readonly string[];
  readonly #clock = new Clock();
  readonly #record: RunRecord;
  readonly #intervals: Interval[] = [];
  readonly #open = new Set<Flight>();
  readonly #phase: string;
  readonly #started_at_ms: number;
  readonly #timer: NodeJS.Timeout;

  constructor(classes: readonly string[], phase: SchedulePhase, onProgress: (progress: Progress) => void) {
    this.#classes = classes;
    this.#phase = phase.name;
    const take = (report: Report): void => {
      if (report.type === 'intervals') this.#intervals.push(...report.intervals);
      else if (report.type === 'progress') onProgress(report.progress);
    };
    const workload = { classes: classes.map((name) => ({ class: name })) };
    const schedule: Schedule = { process: 'uniform', phases: [phase], seed: 0 };
    this.#record = new RunRecord({ workload, schedule, late_s: LATE_S }, take);
    this.#started_at_ms = this.#clock.start(0);
    this.#record.self.start();
    this.#timer = setInterval(() => this.#record.tick(this.#clock.now_us(), this.#phase), TICK_MS);
  }

  /**
   * A request of one of the probe's classes is sent now. Of one that was due earlier, `due_ms` (of `performance.now()`) tells when: its response
   * time counts from there.
   */
  begin(name: string, due_ms?: number): Begun {
    const class_index = this.#classes.indexOf(name);
    if (class_index < 0) throw new Error(`the probe has no class \`${name}\``);
    const { ledger } = this.#record;
    const now_us = this.#clock.now_us();
    const late_us = due_ms === undefined ? 0 : Math.max(0, Math.round((performance.now() - due_ms) * 1000));
    const flight = { class_index, phase: 0, intended_us: Math.max(0, now_us - late_us), sent_us: now_us };
    ledger.scheduled(class_index, 0, flight.intended_us);
    ledger.sent(class_index, 0);
    this.#open.add(flight);
    return {
      end: (ending, status = 0) => {
        if (this.#open.delete(flight)) ledger.ended(flight, ending, status, this.#clock.now_us());
      },
    };
  }

  /** Times one piece of work: `ok` when it resolves, `reset` when it rejects, which is what it then does, too. */
  async time<T>(name: string, work: () => Promise<T>): Promise<T> {
    const begun = this.begin(name);
    try {
      const result = await work();
      begun.end('ok');
      return result;
    } catch (error) {
      begun.end('reset');
      throw error;
    }
  }

  /** Ends the account; what is still under way counts as abandoned. */
  close(): { readonly result: LoadResult; readonly elapsed_s: number } {
    clearInterval(this.#timer);
    const now_us = this.#clock.now_us();
    for (const flight of this.#open) this.#record.ledger.ended(flight, 'abandoned', 0, now_us);
    this.#open.clear();
    const elapsed_s = now_us / 1e6;
    const end = { started_at_ms: this.#started_at_ms, elapsed_s, stopped: false, health: {} };
    const result = this.#record.close(end);
    return { result: { ...result, intervals: this.#intervals }, elapsed_s };
  }
}
