/**
 * Waits until every one of them has come to an end, and only then rejects with the first failure: what goes on behind a failure
 * could start something that nobody takes down any more.
 */
export async function allEnded(starts: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(starts);
  await Promise.all(starts);
}
