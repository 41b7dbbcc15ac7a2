/** Waits until whoever started a stack is gone, and takes it down. */
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

async function takeDown(): Promise<void> {
  // What was cut off in the middle of its start or end comes first.
  await cleanLeftovers({ home });
  await createLocalBackend({ home }).down(name, { purge });
}
