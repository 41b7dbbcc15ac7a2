import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly pid: number;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Resolves once standard error holds the text; rejects when the command ends before. */
  readonly says: (text: string) => Promise<void>;
  readonly finished: Promise<Finished>;
}

/** Without what would colour the output, or add annotations to it where these tests run under GitHub Actions. */
const { FORCE_COLOR: _forced, NO_COLOR: _refused, GITHUB_ACTIONS: _annotated, ...plainEnv } = process.env;

const MAIN = join(import.meta.dirname, '../../cli/shop-plan.js');

/** Starts the command line as a user's shell would, without a terminal. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd?: string): Running {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...plainEnv, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const finished = once(child, 'close').then(([code]: (number | null)[]) => ({ code: code ?? null, stdout, stderr }));
  const says = async (text: string): Promise<void> => {
    while (!stderr.includes(text)) {
      const ended = await Promise.race([once(child.stderr, 'data').then(() => false), finished.then(() => true)]);
      if (ended && !stderr.includes(text)) throw new Error(`it ended without saying "${text}":\n${stderr}`);
    }
  };
  return { pid: child.pid ?? 0, kill: (signal) => child.kill(signal), says, finished };
}

export function shopPlan(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd?: string,
): Promise<Finished> {
  return start(args, env, cwd).finished;
}
