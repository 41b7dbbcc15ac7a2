import { readKeptRun } from '../harness/run-store.ts';
import { readRunJson } from '../reports/run-json.ts';
import type { Run } from './run.ts';
import { UsageError } from './usage-error.ts';

/**
 * A run that was kept: its folder, or its name below `.shop-plan/runs`.
 * @throws RunError when there is none; UsageError when what is there is none: half written, foreign or of a newer version.
 */
export async function readRun(folder: string): Promise<Run> {
  const read = readRunJson(await readKeptRun(folder));
  if ('problem' in read) throw new UsageError(`${folder}/result.json: ${read.problem}`, read.help);
  const { observation, judgement, setting } = read;
  return { observation, replications: [observation], judgement, kept: folder, ...(setting && { setting }) };
}
