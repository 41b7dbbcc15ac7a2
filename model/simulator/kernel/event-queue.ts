/**
 * What is still to happen, soonest first; what is due at the same time happens in the order in which it was planned. A
 * binary implicit heap in typed arrays (J. W. J. Williams, Algorithm 232: Heapsort, Communications of the ACM 7, 1964). Most events
 * plan another one: it is put where the one that was taken had been, and seldom sinks far. Nothing is allocated but when it grows.
 */
export class EventQueue {
  /** Of the event that `pop` took last: what was planned, and the number that `push` gave. */
  payload = 0;
  ticket = 0;
  /** Places of the heap in use, the one at the top included. */
  #places = 0;
  #times_s = new Float64Array(1024);
  #tickets = new Int32Array(1024);
  #payloads = new Int32Array(1024);
  #lastTicket = 0;
  /** The event at the top was taken: the next one that is planned goes there, or else the last one of the heap. */
  #isTopTaken = false;

  /** When the next event is due; Infinity when there is none. */
  next_s(): number {
    if (this.#isTopTaken) this.#fillTop();
    return this.#places === 0 ? Infinity : (this.#times_s[0] ?? 0);
  }

  /** Plans an event and returns its ticket, never 0: by it the event is known again, should it be void when it comes. */
  push(at_s: number, payload: number): number {
    const ticket = this.#nextTicket();
    if (this.#isTopTaken) {
      this.#isTopTaken = false;
      this.#sink(at_s, ticket, payload);
    } else {
      if (this.#places === this.#times_s.length) this.#grow();
      this.#rise(at_s, ticket, payload);
    }
    return ticket;
  }

  /** Takes the soonest event: its payload and ticket are then in the fields of these names. */
  pop(): void {
    if (this.#isTopTaken) this.#fillTop();
    this.payload = this.#payloads[0] ?? 0;
    this.ticket = this.#tickets[0] ?? 0;
    this.#isTopTaken = true;
  }

  /** Nothing was planned since an event was taken: the last one closes the gap. */
  #fillTop(): void {
    this.#isTopTaken = false;
    const last = --this.#places;
    if (last > 0) this.#sink(this.#times_s[last] ?? 0, this.#tickets[last] ?? 0, this.#payloads[last] ?? 0);
  }

  /** Puts an event in at the bottom, and moves it up to where it belongs. */
  #rise(at_s: number, ticket: number, payload: number): void {
    const times_s = this.#times_s;
    const tickets = this.#tickets;
    const payloads = this.#payloads;
    let hole = this.#places++;
    // What was planned later happens later, so equal times need no further look.
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const parent_s = times_s[parent] ?? 0;
      if (parent_s <= at_s) break;
      times_s[hole] = parent_s;
      tickets[hole] = tickets[parent] ?? 0;
      payloads[hole] = payloads[parent] ?? 0;
      hole = parent;
    }
    times_s[hole] = at_s;
    tickets[hole] = ticket;
    payloads[hole] = payload;
  }

  /** Puts an event in at the top, and moves it down to where it belongs. */
  #sink(at_s: number, ticket: number, payload: number): void {
    const times_s = this.#times_s;
    const tickets = this.#tickets;
    const payloads = this.#payloads;
    let hole = 0;
    for (;;) {
      const child = this.#soonerChild(hole);
      if (child < 0) break;
      const child_s = times_s[child] ?? 0;
      if (child_s > at_s || (child_s === at_s && (((tickets[child] ?? 0) - ticket) | 0) > 0)) break;
      times_s[hole] = child_s;
      tickets[hole] = tickets[child] ?? 0;
      payloads[hole] = payloads[child] ?? 0;
      hole = child;
    }
    times_s[hole] = at_s;
    tickets[hole] = ticket;
    payloads[hole] = payload;
  }

  /** -1 when there is no child. */
  #soonerChild(parent: number): number {
    const left = 2 * parent + 1;
    const right = left + 1;
    if (right >= this.#places) return left < this.#places ? left : -1;
    const left_s = this.#times_s[left] ?? 0;
    const right_s = this.#times_s[right] ?? 0;
    if (left_s === right_s) return this.#isPlannedBefore(left, right) ? left : right;
    // Which one it is cannot be predicted: a number instead of a branch saves the processor from guessing.
    return left + Number(right_s < left_s);
  }

  #isPlannedBefore(one: number, other: number): boolean {
    return (((this.#tickets[one] ?? 0) - (this.#tickets[other] ?? 0)) | 0) < 0;
  }

  /** Tickets count up and wrap around; compared by their difference they stay in order. */
  #nextTicket(): number {
    this.#lastTicket = (this.#lastTicket + 1) | 0;
    if (this.#lastTicket === 0) this.#lastTicket = 1;
    return this.#lastTicket;
  }

  #grow(): void {
    const length = this.#times_s.length * 2;
    const [times_s, tickets, payloads] = [this.#times_s, this.#tickets, this.#payloads];
    this.#times_s = new Float64Array(length);
    this.#tickets = new Int32Array(length);
    this.#payloads = new Int32Array(length);
    this.#times_s.set(times_s);
    this.#tickets.set(tickets);
    this.#payloads.set(payloads);
  }
}
