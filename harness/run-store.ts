import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode } from '../model/observation/histogram.ts';
import type { Ledger } from '../model/claims/ledger.ts';
import type { Observation } from '../model/observation/observation.ts';

/** Where runs are kept, below the folder that the command is called in. */
export const RUNS_DIR = join('.shop-plan', 'runs');

/**
 * Keeps a run as a folder of its own: `result.json`, and a percentile distribution (µs) of each request class and phase
 * under `histograms/` that HdrHistogram plotters read. The folder appears whole or not at all. Returns its path.
 */
export async function keepRun(observation: Observation, resultJson: string, root: string = RUNS_DIR): Promise<string> {
  await mkdir(root, { recursive: true });
  const path = await freeName(join(root, nameOf(observation)));
  const unfinished = `${path}.part-${process.pid}`;
  try {
    await mkdir(join(unfinished, 'histograms'), { recursive: true });
    await writeFile(join(unfinished, 'result.json'), resultJson);
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

/** Keeps a ledger beside the runs; returns its path. The file appears whole or not at all. */
export async function keepLedger(ledger: Ledger, root: string = '.shop-plan'): Promise<string> {
  await mkdir(root, { recursive: true });
  const path = join(root, `ledger-${ledger.plan}.json`);
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
