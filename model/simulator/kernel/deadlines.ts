import type { Frame } from './frame.ts';

/**
 * Deadlines that are all equally far away when they are set, so that they come in the order in which they were set: a list, with one
 * event for its head. Setting and lifting a deadline moves pointers, and plans nothing.
 */
export class Deadlines {
  readonly timeout_s: number;
  /** Among all lists of the system. */
  readonly index: number;
  /** Whether an event is planned for the head. */
  isArmed = false;
  #head: Frame | null = null;
  #tail: Frame | null = null;

  constructor(timeout_s: number, index: number) {
    this.index = index;
    this.timeout_s = timeout_s;
  }

  /** When the first deadline is; Infinity for none. */
  next_s(): number {
    return this.#head === null ? Infinity : this.#head.start_s + this.timeout_s;
  }

  /** `frame` started just now. */
  set(frame: Frame): void {
    frame.isTimed = true;
    frame.later = null;
    frame.earlier = this.#tail;
    if (this.#tail === null) this.#head = frame;
    else this.#tail.later = frame;
    this.#tail = frame;
  }

  lift(frame: Frame): void {
    const { earlier, later } = frame;
    if (earlier === null) this.#head = later;
    else earlier.later = later;
    if (later === null) this.#tail = earlier;
    else later.earlier = earlier;
    frame.isTimed = false;
    frame.earlier = null;
    frame.later = null;
  }

  /** Takes the first frame whose deadline has come; null when none has. */
  takeExpired(now_s: number): Frame | null {
    const head = this.#head;
    if (head === null || head.start_s + this.timeout_s > now_s) return null;
    this.lift(head);
    return head;
  }
}
