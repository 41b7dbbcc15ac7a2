import { CircuitBreaker } from '../controls/circuit-breaker.ts';
import type { CallPolicy } from '../system.ts';
import type { Frame } from './frame.ts';
import { FrameQueue } from './frame-queue.ts';

/** What one calling instance has towards a tier: its pool of connections and its circuit breaker. */
export class Link {
  readonly breaker: CircuitBreaker | null;
  readonly #waiting = new FrameQueue();
  readonly #connections: number;
  #inUse = 0;

  constructor(policy: CallPolicy) {
    this.#connections = policy.pool;
    this.breaker = policy.breaker === null ? null : new CircuitBreaker(policy.breaker);
  }

  /** Whether the attempt got a connection; else it waits in line. */
  acquire(attempt: Frame): boolean {
    attempt.link = this;
    if (this.#inUse < this.#connections) {
      this.#inUse++;
      return true;
    }
    this.#waiting.add(attempt);
    return false;
  }

  /** Hands the attempt's connection on: the one that gets it, or null when nobody waits. */
  release(attempt: Frame): Frame | null {
    attempt.link = null;
    const next = this.#waiting.take();
    if (next === null) this.#inUse--;
    return next;
  }

  /** The attempt no longer waits for a connection. Usually it is the one that has waited longest. */
  giveUp(attempt: Frame): void {
    attempt.link = null;
    this.#waiting.remove(attempt);
  }
}
