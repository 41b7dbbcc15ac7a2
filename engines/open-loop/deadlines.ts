/** What has a deadline; the links are the list's own. */
export interface Dated<T> {
  deadline_us: number;
  earlier: T | null;
  later: T | null;
}

/**
 * Requests of one timeout in the order of their deadlines. As all have the same timeout, that is the order of sending,
 * so that adding, removing and expiring take constant time.
 */
export class DeadlineList<T extends Dated<T>> {
  #first: T | null = null;
  #last: T | null = null;

  add(item: T): void {
    item.earlier = this.#last;
    item.later = null;
    if (this.#last === null) this.#first = item;
    else this.#last.later = item;
    this.#last = item;
  }

  remove(item: T): void {
    if (item.earlier === null) this.#first = item.later;
    else item.earlier.later = item.later;
    if (item.later === null) this.#last = item.earlier;
    else item.later.earlier = item.earlier;
    item.earlier = null;
    item.later = null;
  }

  /** Calls `expire` with every item whose deadline has come; it must remove the item. */
  expire(now_us: number, expire: (item: T) => void): void {
    for (let item = this.#first; item !== null && item.deadline_us <= now_us; item = this.#first) expire(item);
  }

  /** Calls `each` with every item; it may remove it. */
  forEach(each: (item: T) => void): void {
    for (let item = this.#first; item !== null;) {
      const { later } = item;
      each(item);
      item = later;
    }
  }
}
