import { expect, test } from 'vitest';
import { decode, percentile } from '../../model/observation/histogram.ts';
import { createRandom } from '../../model/random/random.ts';
import { responses } from '../testing/histograms.ts';
import type { FinalResult, Report } from './messages.ts';
import { GatheredReports } from './gather-reports.ts';
import { RunRecord } from './run-record.ts';

const phase = { name: 'p', duration_s: 3, judged: true, pieces: [] };
const job = {
  workload: { classes: [{ class: 'a' }, { class: 'b' }] },
  schedule: { process: 'uniform', seed: 1, phases: [phase] },
} as const;

interface Request {
  readonly class_index: number;
  readonly intended_us: number;
  readonly response_us: number;
}

/** Requests with response times over five orders of magnitude. */
function requests(): Request[] {
  const random = createRandom(3, 'requests');
  return Array.from({ length: 3000 }, (_, i) => ({
    class_index: random.below(2),
    intended_us: i * 1000,
    response_us: Math.round(10 ** (1 + 4.5 * random.uniform())),
  }));
}

/** What a generator reports that saw these. */
function seen(part: { index: number; of: number }, of: readonly Request[]): { reports: Report[]; result: FinalResult } {
  const reports: Report[] = [];
  const run = new RunRecord(job, (report) => reports.push(report), part);
  for (const { class_index, intended_us, response_us } of of) {
    run.ledger.scheduled(class_index, 0, intended_us);
    run.ledger.sent(class_index, 0);
    const flight = { class_index, phase: 0, intended_us, sent_us: intended_us };
    run.ledger.ended(
      flight,
      response_us % 7 === 0 ? 'http_error' : 'ok',
      200 + (response_us % 3),
      intended_us + response_us,
    );
  }
  run.tick(3e6, 'p');
  return {
    reports,
    result: run.close({ started_at_ms: 5, elapsed_s: 3, stopped: false, health: { in_flight_cap: 10 } }),
  };
}

function gathered(of: number) {
  const reports = new GatheredReports(of, {});
  const all = requests();
  for (let index = 0; index < of; index++) {
    const { reports: told, result } = seen(
      { index, of },
      all.filter((_, i) => i % of === index),
    );
    for (const report of told) reports.take(index, report);
    reports.take(index, { type: 'done', result });
  }
  return reports.result();
}

test('merged figures are exactly those of a single generator', () => {
  const one = gathered(1);
  const three = gathered(3);
  expect(three.intervals).toEqual(one.intervals);
  expect(three.totals).toEqual(one.totals);
  const [a, b] = [responses(one), responses(three)];
  for (const percent of [1, 50, 90, 99, 99.9, 100]) expect(percentile(b, percent)).toBe(percentile(a, percent));
  const plain = (result: typeof one) =>
    result.classes
      .map((each) => ({
        ...each,
        response_us: decode(each.response_us).toJSON(),
        service_us: decode(each.service_us).toJSON(),
      }))
      .toSorted((x, y) => x.class.localeCompare(y.class));
  expect(plain(three)).toEqual(plain(one));
  expect(three.generator.in_flight_cap).toBe(30);
  expect(three.generator.memory_bytes_max).toBeGreaterThan(one.generator.memory_bytes_max);
});

test('a second that one has not come to is as the others saw it', () => {
  const reports = new GatheredReports(2, {});
  const [first, second] = [seen({ index: 0, of: 2 }, requests()), seen({ index: 1, of: 2 }, [])];
  for (const report of first.reports) reports.take(0, report);
  expect(reports.seconds).toBe(0);
  reports.take(0, { type: 'done', result: first.result });
  reports.take(1, { type: 'done', result: second.result });
  expect(reports.result().intervals).toEqual(gathered(1).intervals);
});
