import { EngineError } from '../engine.ts';
import type { K6Exit } from './k6-process.ts';

/** What k6 means by its exit codes (grafana/k6, errext/exitcodes). */
const MEANINGS: ReadonlyMap<number, string> = new Map([
  [97, 'a run in the cloud failed'],
  [98, 'no progress from the cloud'],
  [99, 'a threshold failed'],
  [100, 'the set-up took too long'],
  [101, 'the tear-down took too long'],
  [102, 'a timeout'],
  [103, 'stopped by its REST API'],
  [104, 'a wrong configuration'],
  [105, 'stopped by a signal'],
  [106, 'its REST API could not start'],
  [107, 'an exception in the script'],
  [108, 'the script stopped it'],
  [109, 'a panic'],
  [110, 'marked as failed'],
]);
/** The run came to its end; thresholds are none of ours. */
const ENDED = new Set([0, 99]);
const STOPPED = 105;

export interface Expected {
  /** It was asked to stop early. */
  readonly stopped: boolean;
  /** Requests whose end the script has not told. */
  readonly underWay: number;
}

/** What the script tells at the end: how many iterations k6 dropped in each phase. */
export interface K6Outcome {
  readonly dropped: readonly number[];
}

/** Throws an `EngineError` with k6's own words when it did not come to an orderly end. */
export function readOutcome(exit: K6Exit, { stopped, underWay }: Expected): K6Outcome {
  const asExpected = exit.code !== null && (ENDED.has(exit.code) || (exit.code === STOPPED && stopped));
  if (!asExpected) throw new EngineError(`k6 ${howEnded(exit)}${said(exit)}`);
  const dropped = readDropped(exit.stdout);
  if (dropped === undefined) throw new EngineError(`k6 wrote no summary${said(exit)}`);
  if (!stopped && underWay > 0) throw new EngineError(`k6 did not tell how ${underWay} requests ended${said(exit)}`);
  return { dropped };
}

function howEnded({ code, signal }: K6Exit): string {
  if (code === null) return `was ended by ${signal}`;
  return `exited with code ${code} (${MEANINGS.get(code) ?? 'unknown'})`;
}

function said({ words }: K6Exit): string {
  return words === '' ? '' : `: ${words}`;
}

function readDropped(stdout: string): number[] | undefined {
  let summary: unknown;
  try {
    summary = JSON.parse(stdout);
  } catch {
    return undefined;
  }
  if (typeof summary !== 'object' || summary === null || !('dropped' in summary)) return undefined;
  const { dropped } = summary;
  return Array.isArray(dropped) && dropped.every((count) => Number.isSafeInteger(count)) ? dropped : undefined;
}
