import { isMap } from 'yaml';
import type { Node, Source } from '../document/source.ts';
import { choose, readTime } from '../plan/read-requests.ts';
import type { ArrivalProcess } from '../workload/workload.ts';
import { readTimes } from './read-times.ts';

const BURSTY_KEYS = ['bursty', 'on', 'off'];
/** Shorter bursts than this are no bursts, but noise. */
const LEAST_S = 0.001;

/** Reads `arrivals`: `poisson`, `uniform`, or how bursty. */
export function readArrivals(source: Source, node: Node): ArrivalProcess | undefined {
  if (node === undefined) return { kind: 'poisson' };
  if (isMap(node)) return readBursty(source, node);
  const text = source.text_of(node, '`arrivals`');
  if (text === 'bursty') {
    const help = 'write `{ bursty: 5x, on: 1 s, off: 9 s }`';
    return source.report('TYPE', node, '`bursty` needs how much, and for how long', { help });
  }
  const kind = text === undefined ? undefined : choose(source, node, '`arrivals`', ['poisson', 'uniform'] as const);
  return kind && { kind };
}

function readBursty(source: Source, node: Node): ArrivalProcess | undefined {
  const fields = source.fields(node, '`arrivals`', BURSTY_KEYS, BURSTY_KEYS);
  const factor = fields['bursty'] && readTimes(source, fields['bursty'], '`bursty`', 1);
  const [on_s, off_s] = ['on', 'off'].map((key) => {
    const time_s = fields[key] && readTime(source, fields[key], `\`${key}\``);
    if (time_s === undefined || time_s >= LEAST_S) return time_s;
    return source.report('RANGE', fields[key], `\`${key}\` should be 1 ms or longer`);
  });
  if (factor === undefined || on_s === undefined || off_s === undefined) return undefined;
  return { kind: 'bursty', factor, on_s, off_s };
}
