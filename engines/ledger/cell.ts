import { bucketsOf, createHistogram, encode, record, type Histogram } from '../../model/observation/histogram.ts';
import type { ClassObservation } from '../../model/observation/observation.ts';
import type { Ending } from './flight.ts';

/** What is counted for one request class within one phase. */
export interface Cell {
  scheduled: number;
  sent: number;
  dropped: number;
  censored: number;
  readonly endings: Record<Ending, number>;
  readonly statuses: Map<number, number>;
  readonly response: Histogram;
  readonly service: Histogram;
}

/** One request class within one phase as it goes on, its times by `bucketsOf`: to encode them would hold up what is due. */
export interface CellSoFar extends Counts {
  readonly response: Int32Array;
  readonly service: Int32Array;
}

type Counts = Omit<ClassObservation, 'response_us' | 'service_us'>;

export function createCell(): Cell {
  return {
    scheduled: 0,
    sent: 0,
    dropped: 0,
    censored: 0,
    endings: { ok: 0, http_error: 0, timeout: 0, reset: 0, abandoned: 0 },
    statuses: new Map(),
    response: createHistogram(),
    service: createHistogram(),
  };
}

/**
 * Counts the end of a request. Every ending stays in the histograms; those of which only a lower bound is known
 * (timeouts, requests abandoned in flight) are counted as censored too. `status` is 0 when there was no answer.
 */
export function countEnding(cell: Cell, ending: Ending, status: number, response_us: number, service_us: number): void {
  cell.endings[ending]++;
  if (ending === 'timeout' || ending === 'abandoned') cell.censored++;
  if (status > 0) cell.statuses.set(status, (cell.statuses.get(status) ?? 0) + 1);
  record(cell.response, response_us);
  record(cell.service, service_us);
}

export function observeCell(cell: Cell, className: string, phase: string): ClassObservation {
  return {
    ...countsOf(cell, className, phase),
    response_us: encode(cell.response),
    service_us: encode(cell.service),
  };
}

/** The same of a cell that goes on. */
export function copyCell(cell: Cell, className: string, phase: string): CellSoFar {
  return {
    ...countsOf(cell, className, phase),
    response: bucketsOf(cell.response),
    service: bucketsOf(cell.service),
  };
}

function countsOf(cell: Cell, className: string, phase: string): Counts {
  const { ok, http_error, timeout, reset } = cell.endings;
  return {
    class: className,
    phase,
    scheduled: cell.scheduled,
    sent: cell.sent,
    dropped: cell.dropped,
    ok,
    http_error,
    timeout,
    reset,
    statuses: Object.fromEntries([...cell.statuses].map(([status, count]) => [String(status), count])),
    censored: cell.censored,
  };
}
