import type { Express } from 'express';
import { z } from 'zod';
import { ROLES, type Role } from '../auth/roles.ts';
import type { Queries, Statement } from '../database/database.ts';
import { id, text } from '../http/validation.ts';
import { bodyOf } from '../internal/answer.ts';
import { addInternalRoute } from '../internal/internal-routes.ts';
import type { ServiceClient } from '../internal/service-client.ts';

const NOTE: Statement = {
  name: 'note-audit',
  kind: 'write',
  text: 'INSERT INTO audit_log (user_id, role, action, subject, allowed) VALUES ($1, $2, $3, $4, $5)',
};
const PATH = '/audit';
const SUBJECT_MAX = 200;

export interface AuditEntry {
  readonly userId: number;
  readonly role: Role;
  readonly action: string;
  readonly subject: string;
  readonly allowed: boolean;
}
const entry = z.strictObject({
  userId: id,
  role: z.enum(ROLES),
  action: text(1, 100),
  subject: text(0, SUBJECT_MAX),
  allowed: z.boolean(),
});

/** Where it is written down what staff did, tried and was refused. Rejects when it could not be: then it must not be done. */
export interface Audit {
  note(entry: AuditEntry): Promise<void>;
}

/** The audit log of this process's own database. */
export class LocalAudit implements Audit {
  readonly #database: Queries;

  constructor(database: Queries) {
    this.#database = database;
  }

  async note({ userId, role, action, subject, allowed }: AuditEntry): Promise<void> {
    await this.#database.query(NOTE, [userId, role, action, subject.slice(0, SUBJECT_MAX), allowed]);
  }
}

/** The audit log of the user service, which has those of all services in one. An entry is doubled rather than lost. */
export class RemoteAudit implements Audit {
  readonly #service: ServiceClient;

  constructor(service: ServiceClient) {
    this.#service = service;
  }

  async note(noted: AuditEntry): Promise<void> {
    bodyOf(
      await this.#service.post(PATH, { ...noted, subject: noted.subject.slice(0, SUBJECT_MAX) }),
      'an audit entry',
    );
  }
}

/** POST /internal/audit */
export function addAuditRoute(app: Express, audit: Audit): void {
  addInternalRoute(app, PATH, entry, (noted) => audit.note(noted));
}
