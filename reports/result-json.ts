import type { Result } from './result.ts';
import { RESULT_FORMAT_VERSION } from './result-schema.ts';

/** A result as a file: all of it, so that every other report can be written from it later, elsewhere. */
export interface ResultJson extends Result {
  readonly formatVersion: typeof RESULT_FORMAT_VERSION;
  readonly kind: 'check';
}

/** The file's text, ending with a line end; `formatVersion` first. */
export function resultJson(result: Result): string {
  const written: ResultJson = { formatVersion: RESULT_FORMAT_VERSION, kind: 'check', ...result };
  return `${JSON.stringify(written, null, 2)}\n`;
}
