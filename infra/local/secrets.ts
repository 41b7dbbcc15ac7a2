import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { StackError } from '../backend.ts';
import { hasCode } from './error-code.ts';

const secretsShape = z.object({
  /** Password of the database's superuser, used for provisioning only. */
  database_admin: z.string(),
  /** Password of the application's database role; where there are several databases, theirs are derived from it. */
  database: z.string(),
  /** Password by which replicas sign in at their primary. */
  replication: z.string(),
  redis: z.string(),
  rabbitmq: z.string(),
  /** By which the nodes of a broker know each other. */
  erlang_cookie: z.string(),
  /** By which the application writes to the object store. */
  object_store: z.string(),
  jwt: z.string(),
  /** By which third parties sign what they tell the application. */
  webhook: z.string(),
  /** By which services sign in at each other. */
  service: z.string(),
  /** Password of the user that the final check signs in as. */
  probe_user: z.string(),
});

/** Passwords and keys of one stack. Hexadecimal, so that they fit into URLs and configuration files as they are. */
export type Secrets = z.infer<typeof secretsShape>;

/** Reads a stack's secrets, and makes those it lacks (mode 0600). They live as long as its data. */
export function stackSecrets(file: string): Secrets {
  const existing = readPartly(file) ?? {};
  const secrets: Secrets = {
    database_admin: existing.database_admin ?? key(),
    database: existing.database ?? key(),
    replication: existing.replication ?? key(),
    redis: existing.redis ?? key(),
    rabbitmq: existing.rabbitmq ?? key(),
    erlang_cookie: existing.erlang_cookie ?? key(),
    object_store: existing.object_store ?? key(),
    jwt: existing.jwt ?? key(),
    webhook: existing.webhook ?? key(),
    service: existing.service ?? key(),
    probe_user: existing.probe_user ?? key(),
  };
  const beside = `${file}.new`;
  writeFileSync(beside, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  renameSync(beside, file);
  return secrets;
}

/** Null when the stack has none yet, or has not been started since another was added. */
export function readSecrets(file: string): Secrets | null {
  return secretsShape.safeParse(readPartly(file)).data ?? null;
}

type PartOfSecrets = { readonly [Name in keyof Secrets]?: string | undefined };

function readPartly(file: string): PartOfSecrets | null {
  try {
    return secretsShape.partial().parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    if (error instanceof SyntaxError || error instanceof z.ZodError) {
      throw new StackError(`${file} is damaged`, '`shop-plan down --purge` removes it together with the data it opens');
    }
    throw error;
  }
}

function key(): string {
  return randomBytes(24).toString('hex');
}
