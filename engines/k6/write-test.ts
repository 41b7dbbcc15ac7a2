import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryBeside } from '../child/entry.ts';
import type { LoadJob } from '../engine.ts';
import { randomPrefix } from '../open-loop/request-ids.ts';
import { testFilesOf } from './test-data-of.ts';

/** Feeds hold the tokens of users. */
const OWN = { mode: 0o600 };

/**
 * Writes a job as a test of k6 into a folder: the script, which is the same for all, and its data. Returns the name of the script. By hand, in that
 * folder: `k6 run load.ts`.
 */
export async function writeTest(job: LoadJob, folder: string): Promise<string> {
  const { data, feeds } = testFilesOf(job, randomPrefix());
  const written = [
    writeFile(join(folder, 'test.json'), `${JSON.stringify(data, null, 2)}\n`, OWN),
    ...feeds.map((rows, i) => writeFile(join(folder, `feed-${i}.json`), JSON.stringify(rows), OWN)),
  ];
  // `.ts` from source, `.js` in the published package; k6 runs both.
  const sources = ['load', 'draw'].map((name) => fileURLToPath(entryBeside(import.meta.url, `script/${name}`)));
  await Promise.all([...written, ...sources.map((source) => copyFile(source, join(folder, nameOf(source))))]);
  return nameOf(sources[0] ?? '');
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
