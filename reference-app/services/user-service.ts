import { addAuthRoutes } from '../auth/auth-routes.ts';
import { addAdminRoutes } from '../staff/admin-routes.ts';
import { addAuditRoute, LocalAudit } from '../staff/audit.ts';
import { Gate } from '../staff/authorise.ts';
import { addMailboxRoute } from '../users/mailboxes.ts';
import { addUserRoutes } from '../users/user-routes.ts';
import type { Composition, ServiceParts } from './composition.ts';

/** Accounts, logins and roles, and the audit log of all services. */
export function userService({ database, primary, passwords, jwtSecret }: ServiceParts): Composition {
  const audit = new LocalAudit(primary);
  return {
    background: [],
    add: (app, tokens) => {
      addAuthRoutes(app, { database, passwords, jwtSecret });
      addUserRoutes(app, { database, passwords, tokens });
      addAdminRoutes(app, { gate: new Gate(audit, tokens), database });
      addAuditRoute(app, audit);
      addMailboxRoute(app, database);
    },
  };
}
