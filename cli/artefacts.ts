import { strangersIn } from '../harness/artefacts/keep-artefacts.ts';
import { UsageError } from './usage-error.ts';

/**
 * Nobody's files are replaced without being asked, and nobody finds that out after the runs: called before anything is measured. Artefacts of
 * the time before are no strangers.
 * @throws UsageError when the folder holds anything else, unless `overwrite` is given.
 */
export async function assertRoomForArtefacts(folder: string | undefined, overwrite: boolean): Promise<void> {
  if (folder === undefined || overwrite) return;
  const [first, ...others] = await strangersIn(folder);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new UsageError(
    `${folder} holds what no report has put there: ${first}${more}`,
    'name another folder, or put the artefacts beside it with `--overwrite`',
  );
}
