import type { Request } from 'express';
import { authenticateSession } from '../auth/authenticate.ts';
import { may, type Permission } from '../auth/roles.ts';
import type { TokenVerifier } from '../auth/tokens.ts';
import { Problem } from '../http/problem.ts';
import type { Audit } from './audit.ts';

/** Lets staff do what their role may do, and writes down who wanted to do what, before it is done. */
export class Gate {
  readonly #audit: Audit;
  readonly #tokens: TokenVerifier;

  constructor(audit: Audit, tokens: TokenVerifier) {
    this.#audit = audit;
    this.#tokens = tokens;
  }

  /** The user who may. Throws a 401 `Problem` without a login and a 403 one without the permission. */
  async pass(req: Request, permission: Permission, subject: string): Promise<number> {
    const { userId, role } = authenticateSession(req, this.#tokens);
    const allowed = may(role, permission);
    await this.#audit.note({ userId, role, action: permission, subject, allowed });
    if (!allowed) throw new Problem(403, 'FORBIDDEN', `this needs the permission ${permission}`);
    return userId;
  }
}
