import { cp, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from '../model/observation/histogram.ts';
import type { Ledger } from '../model/claims/ledger.ts';
import type { Observation } from '../model/observation/observation.ts';
import type { Profile } from '../model/scenario/scenario.ts';

/** Where runs are kept, below the folder that the command is called in. */
export const RUNS_DIR = join('.shop-plan', 'runs');

const IDENTITY_FORMAT_VERSION = 1;

/** `identity` names what the run was made of, for `findRun`; `engine_dir` is what the engine has left, if anything. */
export interface KeepOptions {
  readonly root?: string;
  readonly identity?: string;
  readonly engine_dir?: string;
}

/**
 * Keeps a run as a folder of its own: `result.json`, and a percentile distribution (µs) of each request class and phase
 * under `histograms/` that HdrHistogram plotters read; what the engine has left is under `engine/`. The folder appears whole or not at all. Returns its path.
 */
export async function keepRun(
  observation: Observation,
  resultJson: string,
  { root = RUNS_DIR, identity, engine_dir }: KeepOptions = {},
): Promise<string> {
  await mkdir(root, { recursive: true });
  const path = await freeName(join(root, nameOf(observation)));
  const unfinished = `${path}.part-${process.pid}`;
  try {
    await mkdir(join(unfinished, 'histograms'), { recursive: true });
    await writeFile(join(unfinished, 'result.json'), resultJson);
    if (engine_dir !== undefined && (await readdir(engine_dir)).length > 0) {
      await cp(engine_dir, join(unfinished, 'engine'), { recursive: true });
    }
    if (identity !== undefined) await writeFile(join(unfinished, 'identity.json'), identityJson(identity));
    for (const { class: name, phase, response_us } of [...observation.classes, ...(observation.journeys ?? [])]) {
      const text = decode(response_us).outputPercentileDistribution();
      await writeFile(join(unfinished, 'histograms', `${name}.${phase}.hgrm`), text);
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return path;
}

function identityJson(identity: string): string {
  return `${JSON.stringify({ formatVersion: IDENTITY_FORMAT_VERSION, kind: 'identity', identity })}\n`;
}

/** The newest run of an identity that was kept since a moment (ms since the epoch); its folder. */
export async function findRun(
  identity: string,
  since_ms: number,
  root: string = RUNS_DIR,
): Promise<string | undefined> {
  const wanted = identityJson(identity);
  const found: { readonly path: string; readonly kept_ms: number }[] = [];
  for (const name of await foldersIn(root)) {
    const file = join(root, name, 'identity.json');
    const text = await readFile(file, 'utf8').catch(absent);
    if (text !== wanted) continue;
    const { mtimeMs: kept_ms } = await stat(file);
    if (kept_ms >= since_ms) found.push({ path: join(root, name), kept_ms });
  }
  return found.toSorted((a, b) => b.kept_ms - a.kept_ms)[0]?.path;
}

async function foldersIn(root: string): Promise<string[]> {
  return (await readdir(root).catch(absent)) ?? [];
}

/** Runs that were kept without an identity have no such file, and before the first run there is no folder. */
function absent(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
    return undefined;
  throw error;
}

/** Keeps a ledger beside the runs, `ledger-<plan>.json` or that of the short profile; returns its path. The file appears whole or not at all. */
export async function keepLedger(ledger: Ledger, profile: Profile, root: string = '.shop-plan'): Promise<string> {
  await mkdir(root, { recursive: true });
  const path = join(root, `ledger-${ledger.plan}${profile === 'full' ? '' : `-${profile}`}.json`);
  const unfinished = `${path}.part-${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(ledger, null, 2)}\n`);
  await rename(unfinished, path);
  return path;
}

/** Reads a kept run's `result.json`; `run` is its folder or its name below the root. */
export async function readKeptRun(run: string, root: string = RUNS_DIR): Promise<string> {
  const folder = run.includes('/') ? run : join(root, run);
  return readFile(join(folder, 'result.json'), 'utf8');
}

function nameOf({ what }: Observation): string {
  const when = (what.startedAt ?? 'simulated').replaceAll(/[-:]|\.\d+/g, '');
  return `${when}-${what.scenario}-step-${what.step}`;
}

async function freeName(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`;
    const taken = await readFile(join(candidate, 'result.json')).then(
      () => true,
      () => false,
    );
    if (!taken) return candidate;
  }
}
