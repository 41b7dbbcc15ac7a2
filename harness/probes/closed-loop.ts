import { setTimeout as wait } from 'node:timers/promises';

/** What failed is not asked again at once: a server that is away would be asked as fast as it refuses. */
const BACK_OFF_MS = 50;

/**
 * So many workers do `work` side by side, each anew as soon as it is done, until the signal aborts. Whether a piece of work went well is for
 * `work` to record; one that rejects makes its worker pause.
 */
export async function closedLoop(
  workers: number,
  signal: AbortSignal,
  work: (worker: number) => Promise<unknown>,
): Promise<void> {
  const loop = async (worker: number): Promise<void> => {
    while (!signal.aborted) {
      const failed = await work(worker).then(
        () => false,
        () => true,
      );
      if (failed) await wait(BACK_OFF_MS);
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => loop(worker)));
}
