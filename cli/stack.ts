import { createLocalBackend } from '../infra/local/local-backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import type { Stack } from '../infra/backend.ts';
import { UsageError } from './usage-error.ts';

export function backend(): LocalBackend {
  return createLocalBackend();
}

/** The running stack of that name. */
export async function runningStack(local: LocalBackend, name: string): Promise<Stack> {
  const status = await local.status(name);
  if (status && status.processes.some((process) => process.alive)) return status.stack;
  throw new UsageError(`no stack \`${name}\` is up`, 'start one with `shop-plan up --step 2`');
}
