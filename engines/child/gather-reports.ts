import type { Interval } from '../../model/observation/observation.ts';
import type { LoadResult, Progress, Watch } from '../engine.ts';
import { GatheredSoFar } from './gather-so-far.ts';
import { SharedIntervals } from './merge-intervals.ts';
import { mergeResults } from './merge-results.ts';
import type { FinalResult, Report, SoFarReport } from './messages.ts';

/** Puts together what the generators of one job report, and tells the caller of it when all have come so far. */
export class GatheredReports {
  readonly #of: number;
  readonly #watch: Watch;
  readonly #intervals: SharedIntervals;
  readonly #results = new Map<number, FinalResult>();
  /** How many have come to each border of phases. */
  readonly #borders: number[] = [];
  readonly #passed: number[];
  readonly #progress = new Map<number, Progress>();
  readonly #soFar: GatheredSoFar;
  /** How far the schedule had come when it was told last. */
  at_s = 0;

  constructor(of: number, watch: Watch) {
    this.#of = of;
    this.#watch = watch;
    this.#intervals = new SharedIntervals(of);
    this.#soFar = new GatheredSoFar(of);
    this.#passed = Array.from({ length: of }, () => 0);
  }

  /** Seconds that are complete. */
  get seconds(): number {
    return this.#intervals.complete;
  }

  /** Whether generator `index` has sent its result. */
  hasResultOf(index: number): boolean {
    return this.#results.has(index);
  }

  /** Takes a report of generator `index`; `ready` and `failed` are not for here. Throws what a callback of the caller throws. */
  take(index: number, report: Report): void {
    if (report.type === 'intervals') this.#intervals.add(report);
    else if (report.type === 'phase') this.#enter(index, report.phase, report.at_s);
    else if (report.type === 'progress') this.#tell(index, report.progress);
    else if (report.type === 'so-far') this.#tellSoFar(index, report);
    else if (report.type === 'done') this.#results.set(index, report.result);
  }

  /** What they saw together, when all have sent their results. */
  result(): LoadResult {
    const results = [...this.#results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
    const intervals: readonly Interval[] = this.#intervals.finish();
    return { ...mergeResults(results), intervals };
  }

  #enter(index: number, phase: string, at_s: number): void {
    const border = this.#passed[index] ?? 0;
    this.#passed[index] = border + 1;
    const come = (this.#borders[border] ?? 0) + 1;
    this.#borders[border] = come;
    if (come === this.#of) this.#watch.onPhase?.(phase, at_s);
  }

  #tell(index: number, progress: Progress): void {
    this.#progress.set(index, progress);
    if (this.#progress.size < this.#of) return;
    const all = [...this.#progress.values()];
    this.#progress.clear();
    this.at_s = progress.at_s;
    this.#watch.onProgress?.({
      ...progress,
      rate_per_s: all.reduce((sum, each) => sum + each.rate_per_s, 0),
      p95_us: Math.max(...all.map(({ p95_us }) => p95_us)),
      errors: all.reduce((sum, { errors }) => sum + errors, 0),
      in_flight: all.reduce((sum, { in_flight }) => sum + in_flight, 0),
    });
  }

  #tellSoFar(index: number, report: SoFarReport): void {
    const seen = this.#soFar.take(index, report);
    if (seen) this.#watch.onSoFar?.({ ...seen, intervals: [...this.#intervals.seconds] });
  }
}
