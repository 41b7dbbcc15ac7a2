import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Colour } from './colour.ts';
import type { StackPaths } from './stack-paths.ts';

const FOLDER = 'live';

/**
 * Which instances of a tier answer: the green ones while this file exists. All balancers look at the same file, so that one
 * system call switches all of them. The path is relative to a balancer's folder.
 */
export function liveFile(tier: string): string {
  return `../${FOLDER}/${tier}.green`;
}

/** The colour that requests for a tier go to. */
export function liveColour(paths: StackPaths, tier: string): Colour {
  return existsSync(fileOf(paths, tier)) ? 'green' : 'blue';
}

/** From the moment on in which this returns, every request that arrives goes to that colour. */
export function setLiveColour(paths: StackPaths, tier: string, colour: Colour): void {
  const file = fileOf(paths, tier);
  if (colour === 'blue') {
    rmSync(file, { force: true });
    return;
  }
  const folder = join(paths.run, FOLDER);
  mkdirSync(folder, { recursive: true });
  // Balancers run as another account: they may look for a file, whose name they know.
  chmodSync(folder, 0o711);
  writeFileSync(file, '');
}

function fileOf(paths: StackPaths, tier: string): string {
  return join(paths.run, FOLDER, `${tier}.green`);
}
