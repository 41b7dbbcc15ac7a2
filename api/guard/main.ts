/** Waits until whoever started a stack is gone, and takes it down. */
import { setTimeout as delay } from 'node:timers/promises';
import { StackError } from '../../infra/backend.ts';
import { createLocalBackend } from '../../infra/local/local-backend.ts';
import { cleanLeftovers } from '../../infra/doctor.ts';
import type { Guarded } from './guard.ts';

// A Ctrl-C that reaches it, too, must not keep it from doing so.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGTERM'] as const) process.on(signal, () => undefined);

// Its parent is our own code: what it gives is a Guarded.
const { home, name, purge } = JSON.parse(process.argv[2] ?? '') as Guarded;

process.once('message', () => process.exit(0));
process.once('disconnect', () => {
  void takeDown().then(
    () => process.exit(0),
    () => process.exit(3),
  );
});

/** Longer than whoever else may be at work on the stack takes: another guard, or the healer of a fault. */
const TRY_FOR_MS = 120_000;
const TRY_EVERY_MS = 500;

async function takeDown(): Promise<void> {
  const until_ms = performance.now() + TRY_FOR_MS;
  for (;;) {
    try {
      // What was cut off in the middle of its start or end comes first.
      await cleanLeftovers({ home });
      await createLocalBackend({ home }).down(name, { purge });
      return;
    } catch (error) {
      // Somebody else holds its lock, or that of another stack that is left over.
      if (!(error instanceof StackError) || performance.now() > until_ms) throw error;
    }
    await delay(TRY_EVERY_MS);
  }
}
