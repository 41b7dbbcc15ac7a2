import { createComposeBackend } from '../infra/compose/compose-backend.ts';
import type { ComposeBackend } from '../infra/compose/compose-backend.ts';
import { createLocalBackend } from '../infra/local/local-backend.ts';
import type { LocalBackend } from '../infra/local/local-backend.ts';
import type { Stack } from '../infra/backend.ts';
import { nearest } from '../model/document/nearest.ts';
import { UsageError } from '../api/usage-error.ts';

export function backend(): LocalBackend {
  return createLocalBackend();
}

export const BACKENDS = ['local', 'compose'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What runs stacks: `local` as plain processes, `compose` in containers. Throws a `UsageError` for another name. */
export function backendNamed(name: string): LocalBackend | ComposeBackend {
  return knownBackend(name) === 'compose' ? createComposeBackend() : backend();
}

/** Throws a `UsageError` for a name that is none. */
export function knownBackend(name: string): BackendName {
  const found = BACKENDS.find((known) => known === name);
  if (found !== undefined) return found;
  const near = nearest(name, BACKENDS);
  throw new UsageError(
    `there is no backend \`${name}\``,
    near ? `did you mean \`${near}\`?` : `backends: ${BACKENDS.join(', ')}`,
  );
}

/** The running stack of that name. */
export async function runningStack(local: LocalBackend, name: string): Promise<Stack> {
  const status = await local.status(name);
  if (status && status.processes.some((process) => process.alive)) return status.stack;
  throw new UsageError(`no stack \`${name}\` is up`, 'start one with `shop-plan up --step 2`');
}
