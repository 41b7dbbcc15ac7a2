import { whole } from '../../laws/argument/argument.ts';
import type { AutoscaleRule } from '../system.ts';

/** Lets a threshold be held for as long as it was in spite of rounded times. */
const ROUNDING_S = 1e-9;

/**
 * A tier's autoscaling rule at work. Utilisation above `outAbove` for `outAfter_s` starts an instance, below `inBelow`
 * for `inAfter_s` takes one away; each without interruption. One instance at a time: after a decision the waiting begins
 * anew, and while an instance boots nothing is decided.
 */
export class Autoscaler {
  readonly #rule: AutoscaleRule;
  #running: number;
  #booting = false;
  /** Since when utilisation is beyond the threshold; NaN when it is not. */
  #aboveSince_s = NaN;
  #belowSince_s = NaN;

  /** `running`: instances that there are at first. */
  constructor(rule: AutoscaleRule, running: number) {
    this.#rule = rule;
    this.#running = whole('running', running, 0);
  }

  /** +1: start an instance, and tell `started` when it is up. -1: one is taken away. 0: all stays as it is. */
  observe(now_s: number, utilisation: number): number {
    const { outAbove, outAfter_s, inBelow, inAfter_s, min, max } = this.#rule;
    this.#aboveSince_s = since(utilisation > outAbove, this.#aboveSince_s, now_s);
    this.#belowSince_s = since(utilisation < inBelow, this.#belowSince_s, now_s);
    if (this.#booting) return 0;
    if (this.#running < max && now_s - this.#aboveSince_s >= outAfter_s - ROUNDING_S) {
      this.#aboveSince_s = now_s;
      this.#booting = true;
      return 1;
    }
    if (this.#running > min && now_s - this.#belowSince_s >= inAfter_s - ROUNDING_S) {
      this.#belowSince_s = now_s;
      this.#running--;
      return -1;
    }
    return 0;
  }

  /** The instance that was started carries load from now on. */
  started(): void {
    if (!this.#booting) throw new RangeError('no instance is booting');
    this.#booting = false;
    this.#running++;
  }
}

/** Since when a condition holds that holds `now`, or NaN: comparisons with it are false. */
function since(holds: boolean, before_s: number, now_s: number): number {
  if (!holds) return NaN;
  return before_s <= now_s ? before_s : now_s;
}
