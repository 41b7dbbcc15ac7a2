import { readFile } from 'node:fs/promises';
import type { Knowledge, SentWrite } from '../../../model/consistency/compare-writes.ts';
import { RunError } from '../../run-error.ts';

/** A write as its generator noted it. Times are ms since the epoch. */
export interface LoggedWrite extends SentWrite {
  readonly sent_ms: number;
  readonly ended_ms: number;
}

const COLUMNS = 6;

/**
 * Reads the log of writes: `id  class  outcome  status  sent_ms  ended_ms`, by tabs. A refusal (4xx) says that nothing was done. A server that
 * failed (5xx), or never answered, may have done it. Without a file nothing was recorded.
 * @throws RunError for a line that is none.
 */
export async function readWritesLog(file: string): Promise<LoggedWrite[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(readLine);
}

function readLine(line: string, index: number): LoggedWrite {
  const [id = '', , outcome = '', status = '', sent = '', ended = '', ...more] = line.split('\t');
  const knowledge = knowledgeOf(outcome, Number(status));
  const [sent_ms, ended_ms] = [Number(sent), Number(ended)];
  if (id === '' || ended === '' || more.length > 0 || !knowledge || !(sent_ms > 0) || !(ended_ms > 0)) {
    const problem = `line ${index + 1} of the log of writes is none: ${JSON.stringify(line.slice(0, 120))}`;
    throw new RunError(problem, `a line has ${COLUMNS} columns; this is a defect of the load generator`);
  }
  return { id, knowledge, sent_ms, ended_ms };
}

function knowledgeOf(outcome: string, status: number): Knowledge | undefined {
  switch (outcome) {
    case 'ok':
      return 'acknowledged';
    case 'http_error':
      return status >= 400 && status < 500 ? 'failed' : 'indeterminate';
    case 'timeout':
    case 'reset':
    case 'abandoned':
      return 'indeterminate';
    default:
      return undefined;
  }
}
