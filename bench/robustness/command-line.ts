import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../cli/shop-plan.js');

/** A folder for stacks that servers can reach without root's privileges. */
export function freshHome(): string {
  const home = mkdtempSync(join(tmpdir(), 'sp-robust-'));
  chmodSync(home, 0o711);
  return home;
}

/** A command of the command line, running. */
export function command(home: string, args: readonly string[]): { child: ChildProcess; said: () => string } {
  const env = { ...process.env, SHOP_PLAN_HOME: home };
  const child = spawn(process.execPath, [MAIN, ...args], { env, cwd: home, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, said: () => said };
}

/** Runs a command to its end. */
export async function finish(
  home: string,
  args: readonly string[],
): Promise<{ code: number | null; said: string; took_s: number }> {
  const start = performance.now();
  const { child, said } = command(home, args);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said: said(), took_s: (performance.now() - start) / 1_000 };
}
