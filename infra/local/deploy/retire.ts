import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../../backend.ts';
import { endProcesses } from '../end-process.ts';
import type { StopStep } from '../end-process.ts';
import { isAlive } from '../identity.ts';
import type { ManifestBook, ManifestProcess } from '../manifest.ts';
import { readAnswers } from './application-metrics.ts';

/** The application cuts off what is still running after ten seconds. */
const DRAIN_MS = 10_000;
const DRAIN: readonly StopStep[] = [{ signal: 'SIGTERM', wait_ms: DRAIN_MS + 1_000 }];
const EVERY_MS = 50;

/**
 * Ends instances to which no new requests go: lets what they are at finish, ends them, and strikes them off the manifest.
 * Returns their ids. Rejects with a `StackError` when one would not end.
 */
export async function retire(instances: readonly ManifestProcess[], book: ManifestBook): Promise<string[]> {
  await Promise.all(instances.map(untilIdle));
  const { left } = await endProcesses(instances.map((instance) => ({ ...instance, stop: DRAIN })));
  for (const instance of instances) {
    if (!left.some(({ pid }) => pid === instance.pid)) book.removeProcess(instance.pid);
  }
  if (left.length === 0) return instances.map(({ id }) => id);
  throw new StackError(`${left.map(({ id }) => `\`${id}\``).join(', ')} survived SIGKILL`);
}

/**
 * A balancer may just be sending on a connection that it keeps: ended at that moment, the instance would close it unread.
 * An instance that does not answer has nothing to finish.
 */
async function untilIdle(instance: ManifestProcess): Promise<void> {
  const end_ms = performance.now() + DRAIN_MS;
  while (isAlive(instance) && performance.now() < end_ms) {
    const answers = await readAnswers(instance).catch(() => null);
    if (answers === null || answers.in_flight <= 1) return;
    await delay(EVERY_MS);
  }
}
