import { positive, share } from '../../laws/argument/argument.ts';
import type { Breaker } from '../system.ts';
import { FailureWindow } from './failure-window.ts';

export type BreakerState = 'closed' | 'open' | 'half-open';

/** Lets 7 of 100 be 7 %, in spite of rounding. */
const ROUNDING = 1e-9;

/**
 * Keeps a caller from calling what fails: closed until `failureShare` of at least `minCalls` in the last `window_s`
 * failed, then open for `open_s`, then half open: one probe goes through and decides. A probe that has not answered
 * after another `open_s` counts as lost, and the next call is the probe.
 * Literature: M. Nygard, Release It!, 2007, chapter 5.
 */
export class CircuitBreaker {
  readonly #rule: Breaker;
  readonly #window: FailureWindow;
  #state: BreakerState = 'closed';
  /** When an open breaker lets a probe through, and a half-open one another. */
  #probeAt_s = 0;

  /** RangeError for a share outside of 0 to 1, and for a window or an opening of no length. */
  constructor(rule: Breaker) {
    share('failureShare', rule.failureShare);
    positive('open_s', rule.open_s);
    this.#rule = rule;
    this.#window = new FailureWindow(positive('window_s', rule.window_s));
  }

  /** As of the last `allows` or `record`. */
  get state(): BreakerState {
    return this.#state;
  }

  /** Whether a call may be made. It is made then, and `record` is told how it went. */
  allows(now_s: number): boolean {
    if (this.#state === 'closed') return true;
    if (now_s < this.#probeAt_s) return false;
    this.#state = 'half-open';
    this.#probeAt_s = now_s + this.#rule.open_s;
    return true;
  }

  /**
   * How a call went. An open breaker does not listen, the call was made before; a half-open one takes the first answer
   * for the probe's.
   */
  record(now_s: number, failed: boolean): void {
    if (this.#state === 'half-open') this.#decide(now_s, failed);
    else if (this.#state === 'closed') {
      this.#window.record(now_s, failed);
      if (failed && this.#failsTooOften()) this.#open(now_s);
    }
  }

  #failsTooOften(): boolean {
    const { calls, failures } = this.#window;
    return calls >= this.#rule.minCalls && failures >= this.#rule.failureShare * calls - ROUNDING;
  }

  #decide(now_s: number, failed: boolean): void {
    if (failed) this.#open(now_s);
    else this.#state = 'closed';
  }

  #open(now_s: number): void {
    this.#state = 'open';
    this.#probeAt_s = now_s + this.#rule.open_s;
    this.#window.clear();
  }
}
