import type { Frame } from './frame.ts';

/** Frames that wait, first come first served; linked through the frames themselves. */
export class FrameQueue {
  size = 0;
  #first: Frame | null = null;
  #last: Frame | null = null;

  add(frame: Frame): void {
    frame.next = null;
    if (this.#last === null) this.#first = frame;
    else this.#last.next = frame;
    this.#last = frame;
    this.size++;
  }

  take(): Frame | null {
    const first = this.#first;
    if (first === null) return null;
    this.#first = first.next;
    if (this.#first === null) this.#last = null;
    first.next = null;
    this.size--;
    return first;
  }

  /** Takes a frame out of the middle, O(n); for what is rare. */
  remove(frame: Frame): void {
    let before: Frame | null = null;
    let at = this.#first;
    while (at !== null && at !== frame) {
      before = at;
      at = at.next;
    }
    if (at === null) return;
    if (before === null) this.#first = frame.next;
    else before.next = frame.next;
    if (this.#last === frame) this.#last = before;
    frame.next = null;
    this.size--;
  }

  clear(): void {
    this.size = 0;
    this.#first = null;
    this.#last = null;
  }
}
