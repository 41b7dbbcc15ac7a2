import { resolve } from 'node:path';
import { assertWritable, folderState, keepArtefacts } from '../harness/store/keep-artefacts.ts';
import { ARTEFACTS, artefactsOf } from '../reports/artefacts.ts';
import type { Result } from '../reports/result.ts';
import { UsageError } from '../api/usage-error.ts';

/**
 * Called before anything is measured, so that nothing is measured in vain.
 * @throws UsageError when a folder cannot be written without taking something from somebody; RunError when it cannot be written at all.
 */
export async function assertArtefactsFolder(folder: string, overwrite: boolean): Promise<void> {
  if (resolve(folder) === process.cwd())
    throw new UsageError('artefacts get a folder of their own, not the one this is called in', 'name one: ./artefacts');
  const state = await folderState(folder, ARTEFACTS);
  if (state === 'free') return assertWritable(folder);
  if (state === 'file') throw new UsageError(`${folder} is a file`, 'artefacts get a folder: name one');
  if (typeof state === 'object')
    throw new UsageError(`${folder} holds \`${state.foreign}\`, which is no artefact`, 'name another folder');
  if (!overwrite) throw new UsageError(`${folder} holds artefacts already`, 'give `--overwrite` to replace them');
  await assertWritable(folder);
}

/** All reports of a result as a folder of files, whole or not at all. */
export async function writeArtefacts(folder: string, result: Result): Promise<void> {
  await keepArtefacts(folder, artefactsOf(result));
}
