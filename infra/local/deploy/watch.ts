import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../../backend.ts';
import { isAlive } from '../identity.ts';
import type { ManifestProcess } from '../manifest.ts';
import { readAnswers } from './application-metrics.ts';
import type { Watched } from './deployment.ts';

/** What the plans allow: `error_rate < 0.1 %`. */
const ERROR_SHARE_MAX = 0.001;
/** Fewer than this prove nothing. */
const ERRORS_MIN = 5;
const EVERY_MS = 250;

/**
 * Looks at instances for some time while they answer. Rejects with a `StackError` as soon as one ends or is silent, or too
 * many of their answers are failures of their own; also when the signal is aborted.
 */
export async function watchInstances(
  instances: readonly ManifestProcess[],
  watch_s: number,
  signal: AbortSignal,
): Promise<Watched> {
  const before = await totalOf(instances);
  const end_ms = performance.now() + watch_s * 1_000;
  for (;;) {
    const now = await totalOf(instances);
    const watched = {
      duration_s: watch_s,
      requests: now.requests - before.requests,
      errors: now.errors - before.errors,
    };
    assertFewErrors(watched);
    const left_ms = end_ms - performance.now();
    if (left_ms <= 0) return watched;
    await delay(Math.min(EVERY_MS, left_ms), undefined, { signal });
  }
}

/** Throws a `StackError` when more of the answers are failures than may be, and enough of them to say so. */
export function assertFewErrors({ requests, errors }: Watched): void {
  if (errors < ERRORS_MIN || errors <= requests * ERROR_SHARE_MAX) return;
  throw new StackError(`${errors} of ${requests} requests to the new instances failed (status 500 and above)`);
}

async function totalOf(instances: readonly ManifestProcess[]): Promise<{ requests: number; errors: number }> {
  const answers = await Promise.all(instances.map(answersOf));
  return {
    requests: answers.reduce((sum, { requests }) => sum + requests, 0),
    errors: answers.reduce((sum, { errors }) => sum + errors, 0),
  };
}

async function answersOf(instance: ManifestProcess): Promise<{ requests: number; errors: number }> {
  try {
    return await readAnswers(instance);
  } catch (error) {
    const what = isAlive(instance) ? `does not tell how it does: ${String(error)}` : 'has ended';
    throw new StackError(`\`${instance.id}\` ${what}`, `its log: ${instance.log}`);
  }
}
