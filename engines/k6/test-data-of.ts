import { encodeCell } from '../../model/workload/encode-cell.ts';
import type { CellPlace } from '../../model/workload/encode-cell.ts';
import { expectedArrivals } from '../../model/workload/cumulative-rate.ts';
import { scheduleDuration_s } from '../../model/workload/check-schedule.ts';
import { isOwn, parseTemplate } from '../../model/workload/template.ts';
import type { RequestTemplate, SchedulePhase, Workload } from '../../model/workload/workload.ts';
import type { LoadJob } from '../engine.ts';
import type { TestClass, TestData, TestPhase, Text } from './script/test-data.ts';

/** k6 takes whole numbers of iterations in a time of one's choice: 1000 s make thousandths of a request a second. */
const TIME_UNIT_S = 1000;
/** Requests give themselves up when the drain is over; k6 waits this much longer before it cuts them off. */
const MARGIN_S = 5;

/** What the script is given: its data, and the rows of each feed as its templates need them. */
export interface TestFiles {
  readonly data: TestData;
  readonly feeds: readonly (readonly (readonly string[])[])[];
}

/** A load job as files for the script. `id_prefix` makes the ids of this run's requests its own. */
export function testFilesOf(job: LoadJob, id_prefix: string): TestFiles {
  const { workload, schedule } = job;
  const columns = new Columns(workload);
  const classes = workload.classes.map((template) => classOf(template, columns));
  let sum = 0;
  return {
    data: {
      base_url: job.base_url,
      seed: schedule.seed,
      vus: Math.min(job.connections, job.in_flight_cap),
      end_s: scheduleDuration_s(schedule) + job.drain_s,
      graceful_stop: duration(job.drain_s + MARGIN_S),
      id_prefix,
      shares: workload.classes.map(({ share }) => (sum += share)),
      phases: phasesOf(schedule.phases),
      classes,
      feeds: Object.values(workload.feeds).map(({ pick, exponent = 0, rows }) => ({
        pick,
        exponent,
        rows: rows.length,
      })),
    },
    feeds: columns.rows(),
  };
}

function phasesOf(phases: readonly SchedulePhase[]): TestPhase[] {
  let start_s = 0;
  let first = 0;
  return phases.map(({ name, duration_s, pieces }) => {
    const phase: TestPhase = {
      name,
      start: duration(start_s),
      first: Math.ceil(first),
      start_rate: perUnit(pieces[0]?.rate_per_s ?? 0),
      time_unit: duration(TIME_UNIT_S),
      stages: pieces.flatMap((piece) => [
        // A stage of no length is a jump to the rate that the next one begins with.
        { duration: '0s', target: perUnit(piece.rate_per_s) },
        { duration: duration(piece.duration_s), target: perUnit(piece.rate_end_per_s) },
      ]),
    };
    start_s += duration_s;
    first += pieces.reduce((sum, piece) => sum + expectedArrivals(piece), 0);
    return phase;
  });
}

function perUnit(rate_per_s: number): number {
  return Math.round(rate_per_s * TIME_UNIT_S);
}

function duration(seconds: number): string {
  return `${Math.round(seconds * 1e6)}us`;
}

function classOf(template: RequestTemplate, columns: Columns): TestClass {
  const headers = Object.entries(template.headers).map(
    ([name, value]) => [name, columns.text(value, 'header')] as const,
  );
  if (template.body !== undefined && !headers.some(([name]) => name.toLowerCase() === 'content-type')) {
    headers.push(['content-type', ['application/json']]);
  }
  return {
    name: template.class,
    method: template.method,
    path: columns.text(template.path, 'path'),
    headers,
    ...(template.body !== undefined && { body: columns.text(template.body, 'body') }),
    accept: template.accept,
    timeout_ms: template.timeout_ms,
  };
}

/** The columns of each feed that templates use, each encoded for the place where it stands. */
class Columns {
  readonly #workload: Workload;
  readonly #names: readonly string[];
  readonly #used: { readonly column: string; readonly place: CellPlace }[][];

  constructor(workload: Workload) {
    this.#workload = workload;
    this.#names = Object.keys(workload.feeds);
    this.#used = this.#names.map(() => []);
  }

  text(template: string, place: CellPlace): Text {
    return parseTemplate(template).map((segment) => {
      if (typeof segment === 'string') return segment;
      if (isOwn(segment.feed)) return { own: 'id' };
      const feed = this.#names.indexOf(segment.feed);
      return { feed, column: this.#column(feed, segment.column, segment.number ? 'number' : place) };
    });
  }

  rows(): string[][][] {
    return this.#names.map((name, i) => {
      const feed = this.#workload.feeds[name];
      const picked = (this.#used[i] ?? []).map(({ column, place }) => ({
        at: feed?.columns.indexOf(column) ?? -1,
        place,
      }));
      return (feed?.rows ?? []).map((row) => picked.map(({ at, place }) => encodeCell(row[at] ?? '', place) ?? ''));
    });
  }

  #column(feed: number, column: string, place: CellPlace): number {
    const used = this.#used[feed] ?? [];
    const known = used.findIndex((each) => each.column === column && each.place === place);
    return known < 0 ? used.push({ column, place }) - 1 : known;
  }
}
