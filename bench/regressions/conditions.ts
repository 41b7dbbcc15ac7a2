import { join } from 'node:path';
import { Client } from 'pg';
import type { LocalBackend } from '../../infra/local/local-backend.ts';

/** What is done to a stack that is up, as somebody could do it to a system of their own, and how it is undone. */
export interface Condition {
  readonly name: string;
  /** The tier that has to be named as the cause; null where the gate has to pass. */
  readonly cause: string | null;
  begin(backend: LocalBackend, stack: string): Promise<void>;
  end(backend: LocalBackend, stack: string): Promise<void>;
}

const DEPLOYED = { watch_s: 0 } as const;
/** By which past orders of a user are found. */
const INDEX = { name: 'orders_of_user', on: 'orders (user_id, order_id)' };

export const CONDITIONS: readonly Condition[] = [
  { name: 'unchanged', cause: null, begin: () => Promise.resolve(), end: () => Promise.resolve() },
  {
    name: 'caching off',
    cause: 'cache',
    begin: (backend, stack) => deployed(backend, stack, { settings: { caching: false } }),
    end: rolledBack,
  },
  {
    name: 'index dropped',
    cause: 'database',
    begin: (backend, stack) => execute(backend, stack, `DROP INDEX IF EXISTS ${INDEX.name}`),
    end: (backend, stack) => execute(backend, stack, `CREATE INDEX IF NOT EXISTS ${INDEX.name} ON ${INDEX.on}`),
  },
  {
    name: 'slower application',
    cause: 'app',
    begin: (backend, stack) => deployed(backend, stack, { entry: join(import.meta.dirname, 'slow-app.ts') }),
    end: rolledBack,
  },
];

type Deployment = Pick<Parameters<LocalBackend['deploy']>[1] & object, 'settings' | 'entry'>;

async function deployed(backend: LocalBackend, stack: string, what: Deployment): Promise<void> {
  await backend.deploy(stack, { ...DEPLOYED, ...what });
}

async function rolledBack(backend: LocalBackend, stack: string): Promise<void> {
  await backend.rollBack(stack);
}

async function execute(backend: LocalBackend, stack: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: backend.connections(stack)?.databases['database']?.write });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
