/**
 * What is still to happen, soonest first; what is due at the same time happens in the order in which it was planned. A
 * 4-ary implicit heap in typed arrays: flatter than a binary one, so fewer moves (D. B. Johnson, Priority queues with update and
 * finding minimum spanning trees, Information Processing Letters 4, 1975). Nothing is allocated but when it grows.
 */
export class EventQueue {
  size = 0;
  /** Of the event that `pop` took last: what was planned, and the number that `push` gave. */
  payload = 0;
  ticket = 0;
  #times_s = new Float64Array(1024);
  #tickets = new Int32Array(1024);
  #payloads = new Int32Array(1024);
  #lastTicket = 0;

  /** When the next event is due; Infinity when there is none. */
  next_s(): number {
    return this.size === 0 ? Infinity : (this.#times_s[0] ?? 0);
  }

  /** Plans an event and returns its ticket, never 0: by it the event is known again, should it be void when it comes. */
  push(at_s: number, payload: number): number {
    if (this.size === this.#times_s.length) this.#grow();
    const times_s = this.#times_s;
    const tickets = this.#tickets;
    const payloads = this.#payloads;
    let hole = this.size++;
    // What was planned later happens later, so equal times need no further look.
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parent_s = times_s[parent] ?? 0;
      if (parent_s <= at_s) break;
      times_s[hole] = parent_s;
      tickets[hole] = tickets[parent] ?? 0;
      payloads[hole] = payloads[parent] ?? 0;
      hole = parent;
    }
    const ticket = this.#nextTicket();
    times_s[hole] = at_s;
    tickets[hole] = ticket;
    payloads[hole] = payload;
    return ticket;
  }

  /** Takes the soonest event: its payload and ticket are then in the fields of these names. */
  pop(): void {
    this.payload = this.#payloads[0] ?? 0;
    this.ticket = this.#tickets[0] ?? 0;
    const last = --this.size;
    if (last > 0) this.#sink(this.#times_s[last] ?? 0, this.#tickets[last] ?? 0, this.#payloads[last] ?? 0);
  }

  /** Puts an event in at the top, and moves it down to where it belongs. */
  #sink(at_s: number, ticket: number, payload: number): void {
    const times_s = this.#times_s;
    const tickets = this.#tickets;
    const payloads = this.#payloads;
    let hole = 0;
    for (;;) {
      const child = this.#soonestChild(hole);
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
  #soonestChild(parent: number): number {
    const first = (parent << 2) + 1;
    if (first >= this.size) return -1;
    const times_s = this.#times_s;
    const tickets = this.#tickets;
    const end = Math.min(first + 4, this.size);
    let best = first;
    let best_s = times_s[first] ?? 0;
    for (let child = first + 1; child < end; child++) {
      const child_s = times_s[child] ?? 0;
      if (child_s > best_s) continue;
      if (child_s === best_s && (((tickets[child] ?? 0) - (tickets[best] ?? 0)) | 0) > 0) continue;
      best = child;
      best_s = child_s;
    }
    return best;
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
