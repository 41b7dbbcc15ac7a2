import { join } from 'node:path';
import { fileNameOf } from './store/file-name.ts';
import { keepFile } from './store/keep-file.ts';
import { readIfKept } from './store/read-kept.ts';

/** Where calibrations are kept, below the folder that the command is called in. */
export const CALIBRATIONS_DIR = join('.shop-plan', 'calibrations');

/** Where the calibration of one step of a plan is kept. */
export function calibrationPath(plan: string, step: number, root: string = CALIBRATIONS_DIR): string {
  return join(root, `${fileNameOf(`${plan}-step-${step}`)}.json`);
}

/** Keeps a calibration in the place of the one before; the file appears whole or not at all. Returns its path. Throws a `RunError` when there is no room. */
export async function keepCalibration(plan: string, step: number, json: string, root?: string): Promise<string> {
  const path = calibrationPath(plan, step, root);
  await keepFile(path, json);
  return path;
}

/** The text of a kept calibration; null when there is none. Throws an `UnreadableFile` when it cannot be read. */
export function readKeptCalibration(path: string): Promise<string | null> {
  return readIfKept(path);
}
