import type { Express } from 'express';
import { z } from 'zod';
import type { Queries, Statement } from '../database/database.ts';
import { id } from '../http/validation.ts';
import { bodyOf } from '../internal/answer.ts';
import { addInternalRoute } from '../internal/internal-routes.ts';
import type { ServiceClient } from '../internal/service-client.ts';

const PATH = '/mailboxes';
const READ: Statement = { name: 'read-mailbox', kind: 'read', text: 'SELECT email FROM users WHERE user_id = $1' };
const question = z.strictObject({ userId: id });
const told = z.object({ email: z.string().nullable() });

/** Where letters to a user go. In the monolith the order's own facts say it. */
export interface Mailboxes {
  /** The address, or null when there is no such user. Throws a 503 `Problem` when it cannot be had. */
  emailOf(userId: number): Promise<string | null>;
}

/** The mailboxes of the user service. */
export class RemoteMailboxes implements Mailboxes {
  readonly #service: ServiceClient;

  constructor(service: ServiceClient) {
    this.#service = service;
  }

  async emailOf(userId: number): Promise<string | null> {
    return told.parse(bodyOf(await this.#service.post(PATH, { userId }), "a user's address")).email;
  }
}

/** POST /internal/mailboxes */
export function addMailboxRoute(app: Express, database: Queries): void {
  addInternalRoute(app, PATH, question, async ({ userId }) => {
    const [row] = await database.query<{ email: string }>(READ, [userId]);
    return { email: row?.email ?? null };
  });
}
