import { mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isLeftBehind, unfinishedName } from '../../infra/files/unfinished.ts';
import { hasCode } from '../../infra/local/error-code.ts';
import { keepingIn } from '../store/keeping.ts';

/** A file to be kept, by its path within the folder. */
export interface FileToKeep {
  readonly name: string;
  readonly text: () => string;
}

/** Says which files of a folder were put there, so that the next time they, and nothing else, are replaced. */
const LIST_FILE = 'artefacts.json';
const LIST_FORMAT_VERSION = 1;

/** What a folder holds that was not put there as an artefact; names of its entries. None for a folder that is not there. */
export async function strangersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw error;
  });
  const known = new Set([LIST_FILE, ...(await listed(folder)).map((name) => name.split('/')[0])]);
  return entries.filter((entry) => !known.has(entry) && !isLeftBehind(entry));
}

/**
 * Puts files into a folder, in the place of those of the time before; what else is there stays. Everything is written before anything is
 * replaced, so that a full disk leaves the folder as it was. Throws a `RunError` when there is no room, or no leave to write.
 */
export async function keepArtefacts(folder: string, files: readonly FileToKeep[]): Promise<void> {
  const names = files.map(({ name }) => name);
  const texts = new Map(files.map(({ name, text }) => [name, text()]));
  texts.set(LIST_FILE, `${JSON.stringify({ formatVersion: LIST_FORMAT_VERSION, kind: 'artefacts', files: names })}\n`);
  const needed_bytes = [...texts.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  await keepingIn(folder, needed_bytes, async () => {
    const former = await listed(folder);
    const unfinished = join(folder, unfinishedName());
    try {
      for (const [name, text] of texts) await writeInto(join(unfinished, name), text);
      for (const name of texts.keys()) await moveTo(join(folder, name), join(unfinished, name));
      for (const name of former) if (!texts.has(name)) await rm(join(folder, name), { force: true });
    } finally {
      await rm(unfinished, { recursive: true, force: true });
    }
  });
}

async function writeInto(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text, { flush: true });
}

async function moveTo(path: string, from: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rename(from, path);
}

/** The files of the time before; none where there is no list, or one that is not ours. Paths that lead out of the folder are not. */
async function listed(folder: string): Promise<string[]> {
  const text = await readFile(join(folder, LIST_FILE), 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return '';
    throw error;
  });
  const list = parsed(text);
  const isOurs = typeof list === 'object' && list !== null && 'kind' in list && list.kind === 'artefacts';
  const files = isOurs && 'files' in list && Array.isArray(list.files) ? list.files : [];
  return files.filter((name) => typeof name === 'string' && !name.startsWith('/') && !name.split('/').includes('..'));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
