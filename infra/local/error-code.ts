/** Whether an error is one of the given system errors, e.g. `ENOENT`. Lets a catch handle only what it expects. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
