import { accessSync, constants } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { EngineError } from '../engine.ts';

const HELP =
  '`engine: k6` needs the program k6, which is neither on PATH nor among those that `sh infra/install.sh --with-k6` builds (where Go is installed); ' +
  'see https://grafana.com/docs/k6/latest/set-up/install-k6/, or use `engine: open-loop`';

/** Path of k6: on PATH, else where `infra/install.sh --with-k6` builds it. Throws an `EngineError` that says how to get it. */
export function requireK6(env: NodeJS.ProcessEnv = process.env): string {
  const path = findK6(env);
  if (path === undefined) throw new EngineError(HELP);
  return path;
}

/** Path of k6, or undefined when this machine has none. */
export function findK6(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = [...(env['PATH'] ?? '').split(delimiter), toolsFolder(env)];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'k6'))
    .find(isExecutable);
}

/** `tools/bin` in the home of all state, which is found as infra/local/config.ts and infra/install.sh find it. */
function toolsFolder(env: NodeJS.ProcessEnv): string {
  return join(stateHome(env), 'tools/bin');
}

function stateHome(env: NodeJS.ProcessEnv): string {
  const chosen = env['SHOP_PLAN_HOME'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  if (process.getuid?.() === 0) return '/var/lib/shop-plan';
  const xdg = env['XDG_STATE_HOME'];
  return join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(homedir(), '.local/state'), 'shop-plan');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // Not there, or not for us: the next folder may have it.
    return false;
  }
}
