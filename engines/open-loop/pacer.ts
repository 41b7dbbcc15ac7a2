/** At this distance to the next arrival the pacer may turn with the event loop instead of sleeping. */
const SPIN_US = 2000;
/** It does so only in gaps so long that turning takes the smaller part of the time. */
const SPARSE_US = 4000;
/** It sleeps no longer than this, so that deadlines and the ends of seconds are seen. */
const SLEEP_MAX_MS = 10;

export interface Pacer {
  /** Something came in: look at the clock soon. Cheap, however often it is called. */
  wake(): void;
  stop(): void;
}

/**
 * Calls `turn` whenever something may be due, until stopped. `turn` returns how many µs there are until the next arrival.
 *
 * Node's timers are good to about 1 ms. Where arrivals are dense, a timer of 1 ms sends them in small batches, and
 * every answer that comes in gives another look at the clock. Where they are sparse, the last moments before an arrival
 * are spent turning with the event loop (`setImmediate`): some 1.5 ms an arrival, a third of a core at the most.
 */
export function startPacer(turn: () => number): Pacer {
  let stopped = false;
  let waking = false;
  let sparse = false;
  let wait_us = 0;
  let timer: NodeJS.Timeout | undefined;

  const step = (): void => {
    if (stopped) return;
    const before_us = wait_us;
    wait_us = turn();
    // The wait shrinks until an arrival was sent; then it is the gap to the next one.
    if (wait_us > before_us) sparse = wait_us >= SPARSE_US;
    if (sparse && wait_us <= SPIN_US) setImmediate(step);
    else timer = setTimeout(step, Math.min(Math.max(1, Math.floor(wait_us / 1000) - 1), SLEEP_MAX_MS));
  };
  timer = setTimeout(step, 0);
  return {
    wake() {
      if (waking || stopped) return;
      waking = true;
      setImmediate(() => {
        waking = false;
        if (!stopped) turn();
      });
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
