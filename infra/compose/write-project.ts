import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Topology } from '../../model/topology/topology.ts';
import { writeWhole } from '../files/write-whole.ts';
import { composeText, ROOT } from './project.ts';
import type { Project } from './project.ts';
import { CDN_PORT, ENTRY_PORT, environmentFile, FEEDS_USER, SECRETS } from './variables.ts';
import type { Variable } from './variables.ts';

/** Account of the application in its image. */
const IMAGE_USER = 1_000;

/** Where a project is written, and what it is called there. */
export interface Place {
  readonly folder: string;
  /** Compose's name for the project. */
  readonly name: string;
  /** Ports on 127.0.0.1. */
  readonly entry_port: number;
  readonly cdn_port: number;
}

/**
 * Writes a whole project: `docker compose up` works in its folder without anything of ours. Secrets are made unless the folder has
 * them from before, and are in `.env` alone (mode 0600). Returns the paths of what was written.
 */
export function writeProject(project: Project, topology: Topology, place: Place): string[] {
  const texts = { 'compose.yaml': composeText(topology, project), ...project.files, '.gitignore': '.env\nfeeds/\n' };
  mkdirSync(place.folder, { recursive: true });
  for (const folder of ['config', 'images']) rmSync(join(place.folder, folder), { recursive: true, force: true });
  for (const [path, text] of Object.entries(texts)) {
    const file = join(place.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    // Some folders are mounted as a whole.
    if (path.includes('/')) chmodSync(dirname(file), 0o755);
    writeFileSync(file, text);
    // Read in containers by other accounts; scripts are run.
    chmodSync(file, path.endsWith('.sh') ? 0o755 : 0o644);
  }
  writeSecrets(texts['compose.yaml'], place);
  makeFeeds(join(place.folder, 'feeds'));
  copyApplication(join(place.folder, 'images/application'));
  return [...Object.keys(texts), '.env', 'images/application/'].toSorted();
}

/** The variables that a Compose file refers to, and those that only we read. */
export function variablesOf(text: string, { name, entry_port, cdn_port }: Place): Variable[] {
  const names = new Set([...text.matchAll(/\$\{([A-Z][A-Z0-9_]*):\?\}/g)].map(([, found = '']) => found));
  const values = new Map([
    [ENTRY_PORT, String(entry_port)],
    [CDN_PORT, String(cdn_port)],
    [FEEDS_USER, feedsUser().join(':')],
  ]);
  const all = [...names, SECRETS.probe_user].toSorted();
  return [
    { name: 'COMPOSE_PROJECT_NAME', value: name },
    ...all.map((each): Variable => {
      const value = values.get(each);
      return value === undefined ? { name: each } : { name: each, value };
    }),
  ];
}

function writeSecrets(text: string, place: Place): void {
  const file = join(place.folder, '.env');
  const existing = existsSync(file) ? readFileSync(file, 'utf8') : null;
  writeWhole(file, environmentFile(variablesOf(text, place), existing), { mode: 0o600 });
}

/** Who starts containers as root has the feeds written by the image's own account. */
function feedsUser(): readonly [number, number] {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? [IMAGE_USER, IMAGE_USER] : [uid, process.getgid?.() ?? uid];
}

/** Feeds hold tokens: they are nobody else's to read. */
function makeFeeds(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (process.getuid?.() === 0) chownSync(folder, ...feedsUser());
}

/** The application's sources, without its tests, and the list of the packages that it needs. */
function copyApplication(folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(ROOT, file), join(folder, file));
  const isWanted = (path: string): boolean => !/\.(test|d)\.ts$|\/testing$/.test(path);
  cpSync(join(ROOT, 'reference-app'), join(folder, 'reference-app'), { recursive: true, filter: isWanted });
}
