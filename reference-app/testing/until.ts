import { setTimeout as wait } from 'node:timers/promises';

/** Waits until a condition holds; rejects with what it throws, or after `within_ms`. */
export async function until(condition: () => Promise<boolean> | boolean, within_ms = 10_000): Promise<void> {
  const deadline_ms = performance.now() + within_ms;
  while (!(await condition())) {
    if (performance.now() > deadline_ms)
      throw new Error(`did not come true within ${within_ms} ms: ${condition.toString()}`);
    await wait(20);
  }
}
