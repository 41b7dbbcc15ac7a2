import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';

const MAIN = join(import.meta.dirname, '../../cli/shop-plan.js');
const BYTES_MAX = 64 * 1024 * 1024;

/** What `check --json` says of a gate, as far as it is looked at here. */
const checked = z.object({
  outcome: z.string(),
  gate: z.object({ verdicts: z.array(z.object({ text: z.string(), status: z.string(), because: z.string() })) }),
  suspects: z.array(z.object({ tier: z.string(), weight: z.number(), because: z.array(z.string()) })).default([]),
});

export interface Checked extends z.infer<typeof checked> {
  readonly exit_code: number;
  readonly took_s: number;
}

export interface CheckAsked {
  /** Of a stack that is up. */
  readonly stack: string;
  readonly seed: number;
  readonly home: string;
  /** Where runs are kept. */
  readonly cwd: string;
  readonly signal: AbortSignal;
}

/** One `shop-plan check` as a pipeline makes it. Rejects when it did not come to a judgement. */
export async function checkGate({ stack, seed, home, cwd, signal }: CheckAsked): Promise<Checked> {
  const args = ['check', '--scenario', 'gate', '--step', '2', '--name', stack, '--seed', String(seed), '--json'];
  const began_ms = performance.now();
  const env = { ...process.env, SHOP_PLAN_HOME: home };
  const options = { env, cwd, signal, maxBuffer: BYTES_MAX };
  const { code, stdout } = await promisify(execFile)(process.execPath, [MAIN, ...args], options).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: unknown) => failedWith(error),
  );
  const took_s = (performance.now() - began_ms) / 1000;
  return { ...checked.parse(JSON.parse(stdout)), exit_code: code, took_s };
}

const failed = z.object({ code: z.number(), stdout: z.string().min(1) });

/** An exit code other than 0 is an answer, too, provided that there is one. */
function failedWith(error: unknown): z.infer<typeof failed> {
  const read = failed.safeParse(error);
  if (read.success) return read.data;
  throw error;
}
