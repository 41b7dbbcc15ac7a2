import type { Ending } from '../ledger/flight.ts';

const ENDINGS: ReadonlySet<string> = new Set<Ending>(['ok', 'http_error', 'timeout', 'reset', 'abandoned']);

/**
 * What the script tells, a line each on k6's standard error, between k6's own words:
 *
 *     ! STARTED_MS                             the schedule begins; wall clock, ms since the epoch
 *     > PHASE N CLASS BEGAN_MS SENT_MS         request N of a phase (both from 0) is sent; the phase began then
 *     < PHASE N OUTCOME STATUS SERVICE_US      it has ended
 */
export type RecordLine =
  | { readonly type: 'started'; readonly at_ms: number }
  | {
      readonly type: 'sent';
      readonly phase: number;
      readonly n: number;
      readonly class_index: number;
      readonly began_ms: number;
      readonly at_ms: number;
    }
  | {
      readonly type: 'ended';
      readonly phase: number;
      readonly n: number;
      readonly ending: Ending;
      readonly status: number;
      readonly service_us: number;
    };

/** Reads a line; undefined when it is not one of the script's. */
export function readRecordLine(line: string): RecordLine | undefined {
  const [mark, ...fields] = line.split(' ');
  if (mark === '!' && fields.length === 1) {
    const at_ms = Number(fields[0]);
    return Number.isFinite(at_ms) ? { type: 'started', at_ms } : undefined;
  }
  if (mark === '>' && fields.length === 5) {
    const [phase = NaN, n = NaN, class_index = NaN, began_ms = NaN, at_ms = NaN] = fields.map(Number);
    return [phase, n, class_index, began_ms, at_ms].every(Number.isFinite)
      ? { type: 'sent', phase, n, class_index, began_ms, at_ms }
      : undefined;
  }
  if (mark !== '<' || fields.length !== 5) return undefined;
  const [phase, n, ending = '', status, service_us] = fields;
  const numbers = [phase, n, status, service_us].map(Number);
  if (!isEnding(ending) || !numbers.every(Number.isFinite)) return undefined;
  return {
    type: 'ended',
    phase: Number(phase),
    n: Number(n),
    ending,
    status: Number(status),
    service_us: Number(service_us),
  };
}

function isEnding(text: string): text is Ending {
  return ENDINGS.has(text);
}
