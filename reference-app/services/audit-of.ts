import { LocalAudit, RemoteAudit, type Audit } from '../staff/audit.ts';
import type { ServiceParts } from './composition.ts';

/** The audit log: that of the user service where it can be reached, else one of this service's own. */
export function auditOf({ peers, primary }: ServiceParts): Audit {
  const users = peers.find('user');
  return users === undefined ? new LocalAudit(primary) : new RemoteAudit(users);
}
