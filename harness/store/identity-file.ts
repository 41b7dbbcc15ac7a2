import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { hasCode } from '../../infra/local/error-code.ts';

const FILE = 'identity.json';

/** What a run was made of, and when it was kept (ms since the epoch). */
export interface KeptIdentity {
  readonly identity: string;
  readonly kept_ms: number;
}

/** Format 1 did not say when; then the file's own time has to do, which a copy can change. */
const SHAPE = z.discriminatedUnion('formatVersion', [
  z.object({ formatVersion: z.literal(1), kind: z.literal('identity'), identity: z.string() }),
  z.object({
    formatVersion: z.literal(2),
    kind: z.literal('identity'),
    identity: z.string(),
    keptAt: z.iso.datetime(),
  }),
]);

/** Notes in a run's folder what the run was made of. */
export async function writeIdentity(folder: string, identity: string): Promise<void> {
  const kept = { formatVersion: 2, kind: 'identity', identity, keptAt: new Date().toISOString() };
  await writeFile(join(folder, FILE), `${JSON.stringify(kept)}\n`);
}

/** Undefined for a run that was kept without, and for what is no folder; a problem for a file that is damaged or of a newer version. */
export async function readIdentity(folder: string): Promise<KeptIdentity | { readonly problem: string } | undefined> {
  const path = join(folder, FILE);
  try {
    const kept = SHAPE.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!kept.success) return { problem: `${FILE}: damaged at ${whereIn(kept.error)}` };
    const { data } = kept;
    const kept_ms = data.formatVersion === 2 ? Date.parse(data.keptAt) : (await stat(path)).mtimeMs;
    return { identity: data.identity, kept_ms };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    if (error instanceof SyntaxError) return { problem: `${FILE}: not JSON` };
    throw error;
  }
}

function whereIn(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `\`${path.map(String).join('.')}\`: ${message}`).join(', ');
}
