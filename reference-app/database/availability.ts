import { DatabaseError } from 'pg';

/**
 * SQLSTATEs that speak of the server's state and not of the statement (PostgreSQL 15, appendix A): connection exceptions,
 * insufficient resources, operator intervention (shutdown, crash, starting up, statement timeout), and a server that became
 * a read-only standby.
 */
const UNAVAILABLE = /^(?:08...|53...|57...|25006)$/;

/** After these the connection itself is fine and stays in the pool: the statement alone was cancelled. */
const STATEMENT_ONLY = new Set(['57014']);

/** Whether a failed query means "the database is away or overloaded", to be answered with 503, and not a bug of ours. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) return UNAVAILABLE.test(error.code ?? '');
  // What is not an answer of the server is a broken connection, a refused one, or a wait that ran out of time; a wrong call
  // of the driver is none of these.
  return error instanceof Error && !(error instanceof TypeError);
}

/** Whether something was to be written for a user whom the database does not have, though their token is valid (SQLSTATE 23503). */
export function isUnknownUser(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || error.code !== '23503') return false;
  return error.constraint?.endsWith('_user_id_fkey') === true;
}

/** Whether the connection that yielded this error must not be used again. */
export function breaksConnection(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return true;
  return isUnavailable(error) && !STATEMENT_ONLY.has(error.code ?? '');
}

/**
 * Whether a replica gave a query up because what it read was being replayed over (SQLSTATE 40001 on a hot standby, where
 * nothing is serialised): the primary can answer it.
 */
export function isRecoveryConflict(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '40001';
}
