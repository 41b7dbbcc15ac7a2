import { randomBytes } from 'node:crypto';

/** What a project takes from its `.env`: a secret is made once for the data, all else is as it is given here. */
export interface Variable {
  readonly name: string;
  /** Undefined for a secret. */
  readonly value?: string;
}

/** How the Compose file refers to a variable. Without a value nothing starts, and Compose says which it is. */
export function reference(name: string): string {
  return `\${${name}:?}`;
}

export const SECRETS = {
  jwt: 'JWT_SECRET',
  webhook: 'WEBHOOK_SECRET',
  service: 'SERVICE_SECRET',
  database_admin: 'DATABASE_ADMIN_PASSWORD',
  replication: 'REPLICATION_PASSWORD',
  redis: 'REDIS_PASSWORD',
  rabbitmq: 'RABBITMQ_PASSWORD',
  erlang_cookie: 'ERLANG_COOKIE',
  object_store: 'OBJECT_STORE_SECRET',
  /** Of the user that the final check signs in as. */
  probe_user: 'PROBE_USER_PASSWORD',
} as const;

export const ENTRY_PORT = 'ENTRY_PORT';
export const CDN_PORT = 'CDN_PORT';
/** User and group that write the feeds, so that whoever wrote the project can read them. */
export const FEEDS_USER = 'FEEDS_USER';

/** `.env` with a value for every variable: a secret that is there already stays, as the data were made with it. */
export function environmentFile(variables: readonly Variable[], existing: string | null): string {
  const kept = new Map(readEnvironment(existing ?? ''));
  return variables
    .map(({ name, value }) => `${name}=${value ?? kept.get(name) ?? randomBytes(24).toString('hex')}\n`)
    .join('');
}

/** Names with their values, in order. */
export function readEnvironment(text: string): (readonly [string, string])[] {
  return text.split('\n').flatMap((line): (readonly [string, string])[] => {
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [[name, value]];
  });
}
