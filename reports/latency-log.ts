import { decode, max, sampleCount } from '../model/observation/histogram.ts';
import type { ClassObservation, Observation } from '../model/observation/observation.ts';

/**
 * Response times of every class (and journey) and phase as an HdrHistogram log, format 1.3: a line each, tagged `class/phase`, in the order
 * of time. Values are µs; the column Interval_Max is in ms. Timestamps are seconds from the start of the run, whose time of day is in the
 * head; 0 where there is none. What has no sample has no line.
 *
 * Source: HdrHistogram (G. Tene), HistogramLogWriter of version 2.
 */
export function latencyLog({ what, phases, classes, journeys = [] }: Observation): string {
  const started = what.startedAt === undefined ? 0 : Date.parse(what.startedAt) / 1000;
  const when = what.startedAt === undefined ? 'no clock' : new Date(what.startedAt).toUTCString();
  const lines = phases.flatMap((phase) =>
    [...classes, ...journeys]
      .filter((each) => each.phase === phase.name)
      .flatMap((each) => lineOf(each, phase.start_s, phase.end_s - phase.start_s)),
  );
  return [
    '#[Histogram log format version 1.3]',
    `#[StartTime: ${started.toFixed(3)} (seconds since epoch), ${when}]`,
    `#[BaseTime: ${started.toFixed(3)} (seconds since epoch)]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...lines,
    '',
  ].join('\n');
}

function lineOf(seen: ClassObservation, start_s: number, length_s: number): string[] {
  const histogram = decode(seen.response_us);
  if (sampleCount(histogram) === 0) return [];
  const max_ms = max(histogram) / 1000;
  const tag = `Tag=${tagText(seen.class)}/${tagText(seen.phase)}`;
  return [[tag, start_s.toFixed(3), length_s.toFixed(3), max_ms.toFixed(3), seen.response_us].join(',')];
}

/** Readers split lines at commas and white space, and tags at nothing: what they could trip over is percent-encoded. */
function tagText(name: string): string {
  return name.replaceAll(/[^\w.:-]/gu, encodeURIComponent);
}
