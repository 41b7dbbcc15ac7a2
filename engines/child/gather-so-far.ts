import { addConservation, addCounts } from '../../model/observation/conservation.ts';
import { addBuckets, createHistogram, encode } from '../../model/observation/histogram.ts';
import type { ClassObservation, Conservation } from '../../model/observation/observation.ts';
import type { SoFar } from '../engine.ts';
import type { CellSoFar } from '../ledger/cell.ts';
import { mergeHealth, sumStatuses } from './merge-results.ts';
import type { SoFarReport } from './messages.ts';

/** Puts together what the generators of one job tell of what they saw so far. */
export class GatheredSoFar {
  readonly #of: number;
  readonly #latest = new Map<number, SoFarReport>();
  /** By class and phase, what each generator told last. */
  readonly #cells = new Map<string, Map<number, CellSoFar>>();
  /** By class and phase, what they saw together. Only what is told anew is put together anew. */
  readonly #classes = new Map<string, ClassObservation>();
  readonly #stale = new Set<string>();
  /** Those that have told since all were told of last. */
  readonly #told = new Set<number>();

  constructor(of: number) {
    this.#of = of;
  }

  /** Takes what generator `index` tells; what all have seen when each has told anew. */
  take(index: number, report: SoFarReport): Omit<SoFar, 'intervals'> | undefined {
    this.#latest.set(index, report);
    this.#told.add(index);
    for (const cell of report.cells) this.#put(index, cell);
    if (this.#told.size < this.#of) return undefined;
    this.#told.clear();
    for (const key of this.#stale) {
      const merged = mergeCells([...(this.#cells.get(key)?.values() ?? [])]);
      if (merged) this.#classes.set(key, merged);
    }
    this.#stale.clear();
    const reports = [...this.#latest.values()];
    const classes = [...this.#classes.values()];
    return {
      at_s: Math.min(...reports.map(({ at_s }) => at_s)),
      classes,
      totals: addConservation(classes.map(totalsOf)),
      generator: mergeHealth(reports.map(({ generator }) => generator)),
    };
  }

  #put(index: number, cell: CellSoFar): void {
    const key = JSON.stringify([cell.phase, cell.class]);
    const parts = this.#cells.get(key) ?? new Map<number, CellSoFar>();
    parts.set(index, cell);
    this.#cells.set(key, parts);
    this.#stale.add(key);
  }
}

/** Cells are copied one after the other while requests go on, so that nothing but themselves adds up to what they hold. */
function totalsOf({ scheduled, sent, dropped, ok, http_error, timeout, reset }: ClassObservation): Conservation {
  const in_flight_at_end = sent - ok - http_error - timeout - reset;
  return { scheduled, sent, dropped, ok, http_error, timeout, reset, in_flight_at_end };
}

function mergeCells(parts: readonly CellSoFar[]): ClassObservation | undefined {
  const [first] = parts;
  if (!first) return undefined;
  return {
    class: first.class,
    phase: first.phase,
    ...addCounts(parts),
    statuses: parts.map(({ statuses }) => statuses).reduce(sumStatuses),
    response_us: encodeBuckets(parts.map(({ response }) => response)),
    service_us: encodeBuckets(parts.map(({ service }) => service)),
    censored: parts.reduce((all, { censored }) => all + censored, 0),
  };
}

function encodeBuckets(parts: readonly Int32Array[]): string {
  const histogram = createHistogram();
  for (const buckets of parts) addBuckets(histogram, buckets);
  return encode(histogram);
}
