import { homedir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { APPLICATIONS } from './applications.ts';
import type { Application } from './applications.ts';
import { programFolders } from './programs.ts';

/** Everything the local backend takes from its surroundings; tests hand in their own. */
export interface LocalConfig {
  /** Root of all state: stacks, their data, and locks. */
  readonly home: string;
  /** The applications that plans can name. */
  readonly applications: Readonly<Record<string, Application>>;
  /** Folders searched for server programs, in order; last that of the programs which `infra/install.sh` builds. */
  readonly programFolders: readonly string[];
  /** Blocks of ports are taken from [first, end), and always below the ephemeral range. */
  readonly ports: { readonly first: number; readonly end: number };
}

/** The configuration for this machine and user, with the given parts replaced. */
export function localConfig(given: Partial<LocalConfig> = {}): LocalConfig {
  const home = stateHome(process.env, process.getuid?.() ?? -1, homedir());
  return {
    home,
    applications: APPLICATIONS,
    programFolders: [...programFolders(process.env['PATH'] ?? ''), join(home, 'tools/bin')],
    ports: { first: 24_000, end: 32_768 },
    ...given,
  };
}

/**
 * Where state lives: SHOP_PLAN_HOME, else /var/lib/shop-plan for root, else the XDG state folder.
 * A relative XDG_STATE_HOME is ignored, as the XDG Base Directory Specification demands.
 */
export function stateHome(env: NodeJS.ProcessEnv, uid: number, home: string): string {
  const chosen = env['SHOP_PLAN_HOME'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (uid === 0) return '/var/lib/shop-plan';
  const xdg = env['XDG_STATE_HOME'];
  const base = xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.local/state');
  return join(base, 'shop-plan');
}
