/**
 * What is stored for policies that must know how old a body is: '@', until when it is fresh (13 digits, ms since 1970), how
 * long loading it took (6 digits, ms), and the body. Bodies are JSON and never begin with '@', so that readers of either form
 * understand both, also while a policy is being changed.
 */
const MARK = 0x40;
const HEAD_BYTES = 20;
const LOAD_MS_MAX = 999_999;

export interface Opened {
  readonly body: Buffer;
  /** Absent for a body that was stored as it is. */
  readonly fresh?: { readonly until_ms: number; readonly load_ms: number };
}

export function seal(body: string, until_ms: number, load_ms: number): string {
  const load = Math.min(Math.ceil(load_ms), LOAD_MS_MAX);
  return `@${String(Math.round(until_ms)).padStart(13, '0')}${String(load).padStart(6, '0')}${body}`;
}

export function open(stored: Buffer): Opened {
  if (stored[0] !== MARK) return { body: stored };
  const until_ms = Number(stored.toString('latin1', 1, 14));
  const load_ms = Number(stored.toString('latin1', 14, HEAD_BYTES));
  return { body: stored.subarray(HEAD_BYTES), fresh: { until_ms, load_ms } };
}
