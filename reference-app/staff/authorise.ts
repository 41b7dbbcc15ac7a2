import type { Request } from 'express';
import { authenticateSession } from '../auth/authenticate.ts';
import { may, type Permission } from '../auth/roles.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import type { Queries, Statement } from '../database/database.ts';
import { Problem } from '../http/problem.ts';

const NOTE: Statement = {
  name: 'note-audit',
  kind: 'write',
  text: 'INSERT INTO audit_log (user_id, role, action, subject, allowed) VALUES ($1, $2, $3, $4, $5)',
};

/** Lets staff do what their role may do, and writes down who wanted to do what, before it is done. */
export class Gate {
  readonly #database: Queries;
  readonly #tokens: TokenVerifier;

  constructor(database: Queries, tokens: TokenVerifier) {
    this.#database = database;
    this.#tokens = tokens;
  }

  /** The user who may. Throws a 401 `Problem` without a login and a 403 one without the permission. */
  async pass(req: Request, permission: Permission, subject: string): Promise<number> {
    const { userId, role } = authenticateSession(req, this.#tokens);
    const allowed = may(role, permission);
    await this.#database.query(NOTE, [userId, role, permission, subject.slice(0, 200), allowed]);
    if (!allowed) throw new Problem(403, 'FORBIDDEN', `this needs the permission ${permission}`);
    return userId;
  }
}
