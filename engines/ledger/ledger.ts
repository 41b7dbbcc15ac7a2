import { createHistogram, max, percentile, record, type Histogram } from '../../model/observation/histogram.ts';
import type { ClassObservation, Conservation, GeneratorHealth } from '../../model/observation/observation.ts';
import { copyCell, countEnding, createCell, observeCell, type Cell, type CellSoFar } from './cell.ts';
import type { Ending, Flight } from './flight.ts';
import { IntervalBook, type OnInterval } from './interval-book.ts';

export interface LedgerShape {
  readonly classes: readonly string[];
  readonly phases: readonly string[];
  readonly duration_s: number;
  readonly onInterval: OnInterval;
  /** As `IntervalBook` takes it. */
  readonly late_s?: number;
}

/** Counts every request once, by class and phase, by second, and in total; the three are kept apart to check each other. */
export class Ledger {
  readonly #shape: LedgerShape;
  readonly #cells: (Cell | undefined)[];
  readonly #lag: Histogram = createHistogram();
  readonly intervals: IntervalBook;
  /** How much had happened in each cell when it was copied last. */
  readonly #copied = new Map<number, number>();
  #scheduled = 0;
  #sent = 0;
  #dropped = 0;
  readonly #endings: Record<Ending, number> = { ok: 0, http_error: 0, timeout: 0, reset: 0, abandoned: 0 };

  constructor(shape: LedgerShape) {
    this.#shape = shape;
    this.#cells = Array.from({ length: shape.classes.length * shape.phases.length });
    this.intervals = new IntervalBook(shape.duration_s, shape.onInterval, shape.late_s);
  }

  /** Requests sent that have not ended. */
  get inFlight(): number {
    const { ok, http_error, timeout, reset, abandoned } = this.#endings;
    return this.#sent - ok - http_error - timeout - reset - abandoned;
  }

  /** Requests that failed so far. */
  get failures(): number {
    return this.#endings.http_error + this.#endings.timeout + this.#endings.reset;
  }

  scheduled(class_index: number, phase: number, intended_us: number): void {
    this.#scheduled++;
    this.#cell(class_index, phase).scheduled++;
    this.intervals.scheduled(intended_us);
  }

  dropped(class_index: number, phase: number, intended_us: number): void {
    this.#dropped++;
    this.#cell(class_index, phase).dropped++;
    this.intervals.dropped(intended_us);
  }

  sent(class_index: number, phase: number): void {
    this.#sent++;
    this.#cell(class_index, phase).sent++;
  }

  /** Once for every request sent. `status` is 0 without an answer. */
  ended(flight: Flight, ending: Ending, status: number, end_us: number): void {
    const response_us = end_us - flight.intended_us;
    this.#endings[ending]++;
    record(this.#lag, flight.sent_us - flight.intended_us);
    countEnding(this.#cell(flight.class_index, flight.phase), ending, status, response_us, end_us - flight.sent_us);
    this.intervals.ended(flight, ending, response_us);
  }

  totals(): Conservation {
    const { ok, http_error, timeout, reset, abandoned } = this.#endings;
    return {
      scheduled: this.#scheduled,
      sent: this.#sent,
      dropped: this.#dropped,
      ok,
      http_error,
      timeout,
      reset,
      in_flight_at_end: abandoned,
    };
  }

  sendLag(): GeneratorHealth['send_lag_us'] {
    return { p50: percentile(this.#lag, 50), p99: percentile(this.#lag, 99), max: max(this.#lag) };
  }

  /** One observation for every class in every phase that had requests of it. */
  classes(): ClassObservation[] {
    const { classes, phases } = this.#shape;
    return this.#cells.flatMap((cell, i) => {
      if (cell === undefined) return [];
      const phase = phases[Math.floor(i / classes.length)] ?? '';
      return [observeCell(cell, classes[i % classes.length] ?? '', phase)];
    });
  }

  /** As `classes`, of cells that were added to since it was gone through last; each is copied when it is asked for. */
  *changedCells(): Generator<CellSoFar> {
    const { classes, phases } = this.#shape;
    for (const [i, cell] of this.#cells.entries()) {
      if (cell === undefined) continue;
      const events = cell.scheduled + cell.sent + cell.response.totalCount;
      if (events === this.#copied.get(i)) continue;
      this.#copied.set(i, events);
      yield copyCell(cell, classes[i % classes.length] ?? '', phases[Math.floor(i / classes.length)] ?? '');
    }
  }

  #cell(class_index: number, phase: number): Cell {
    const index = phase * this.#shape.classes.length + class_index;
    const cell = this.#cells[index] ?? createCell();
    this.#cells[index] = cell;
    return cell;
  }
}
