import { decode, max, sampleCount } from '../model/observation/histogram.ts';
import type { ClassObservation, Observation } from '../model/observation/observation.ts';
import type { ResultRun } from './result.ts';
import { runFileNames } from './run-file-names.ts';

/**
 * Response times of every class (and journey) and phase as an HdrHistogram log, format 1.3: a line each, in the order of time, tagged
 * `class/phase`; of several runs `run/class/phase`. Values are µs; the column Interval_Max is in ms. Timestamps are seconds from the start of
 * the first run, whose time of day is in the head; 0 for simulations, which have no clock. What has no sample has no line.
 *
 * Source: HdrHistogram (G. Tene), HistogramLogWriter of version 2.
 */
export function latencyLog(runs: readonly ResultRun[]): string {
  const starts = runs.map(({ observation }) => startOf(observation));
  const base_s = Math.min(...starts);
  const names = runs.length > 1 ? runFileNames(runs) : [];
  const lines = runs.flatMap(({ observation }, index) =>
    linesOf(observation, (starts[index] ?? base_s) - base_s, names[index]),
  );
  const first_s = Number.isFinite(base_s) ? base_s : 0;
  const when = first_s === 0 ? 'no clock' : new Date(first_s * 1000).toUTCString();
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${first_s.toFixed(3)} (seconds since epoch), ${when}]`,
    `#[BaseTime: ${first_s.toFixed(3)} (seconds since epoch)]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...lines.toSorted((a, b) => a.start_s - b.start_s).map(({ text }) => text),
    '',
  ].join('\n');
}

/** Seconds since the epoch. */
function startOf({ what }: Observation): number {
  return what.startedAt === undefined ? 0 : Date.parse(what.startedAt) / 1000;
}

interface Line {
  readonly start_s: number;
  readonly text: string;
}

function linesOf({ phases, classes, journeys = [] }: Observation, offset_s: number, run?: string): Line[] {
  return phases.flatMap(({ name, start_s, end_s }) =>
    [...classes, ...journeys]
      .filter(({ phase }) => phase === name)
      .flatMap((each) => lineOf(each, { start_s: offset_s + start_s, length_s: end_s - start_s }, run)),
  );
}

interface Span {
  readonly start_s: number;
  readonly length_s: number;
}

function lineOf(seen: ClassObservation, { start_s, length_s }: Span, run?: string): Line[] {
  const histogram = decode(seen.response_us);
  if (sampleCount(histogram) === 0) return [];
  const max_ms = max(histogram) / 1000;
  const names = [...(run === undefined ? [] : [run]), seen.class, seen.phase];
  const tag = `Tag=${names.map(tagText).join('/')}`;
  const text = [tag, start_s.toFixed(3), length_s.toFixed(3), max_ms.toFixed(3), seen.response_us].join(',');
  return [{ start_s, text }];
}

/** Readers split lines at commas and white space, and tags at nothing: what they could trip over is percent-encoded. */
function tagText(name: string): string {
  return name.replaceAll(/[^\w.:-]/gu, encodeURIComponent);
}
