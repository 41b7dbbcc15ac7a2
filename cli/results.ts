import { existsSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readKeptRun } from '../harness/run-store.ts';
import { readKept } from '../harness/store/read-kept.ts';
import { UnreadableFile } from '../harness/store/unreadable-file.ts';
import { readResult } from '../reports/read-result.ts';
import type { Result } from '../reports/result.ts';
import { UsageError } from '../api/usage-error.ts';

export interface LoadedResult {
  readonly result: Result;
  /** As it is in its file. */
  readonly text: string;
}

/**
 * Results by the folders of runs, their names below .shop-plan/runs, or the files that commands have written.
 * @throws UsageError with all that cannot be read.
 */
export async function loadResults(paths: readonly string[]): Promise<LoadedResult[]> {
  const read = await Promise.all(paths.map(loadResult));
  const problems = read.flatMap((each) => ('problem' in each ? [each] : []));
  if (problems.length > 0) throw new UsageError(problems.map(({ problem }) => problem).join('\n'), problems[0]?.help);
  return read.flatMap((each) => ('problem' in each ? [] : [each]));
}

async function loadResult(path: string): Promise<LoadedResult | { readonly problem: string; readonly help: string }> {
  // What is here by this name comes before a kept run of that name.
  const isHere = existsSync(path);
  const isFile = isHere && !statSync(path).isDirectory();
  try {
    const text = isFile ? await readKept(path) : await readKeptRun(isHere ? `${path}/` : path);
    const result = readResult(text, isFile ? undefined : basename(path));
    if (!('problem' in result)) return { result, text };
    return { problem: `${isFile ? path : join(path, 'result.json')}: ${result.problem}`, help: result.help };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.message, help: error.help };
    throw error;
  }
}
