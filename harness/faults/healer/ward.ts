import type { Answer, Order } from './messages.ts';
import { Pulse } from './pulse.ts';
import { apply } from './remedy.ts';
import type { Remedy } from './remedy.ts';

interface Held {
  readonly remedies: readonly Remedy[];
  readonly pulses: readonly Pulse[];
  readonly lease: NodeJS.Timeout;
}

/** The faults that the healer holds remedies for. */
export class Ward {
  readonly #held = new Map<number, Held>();
  /** Healings, so that the process does not end before them. */
  readonly #healing = new Set<Promise<void>>();
  readonly #tell: (answer: Answer) => void;

  constructor(tell: (answer: Answer) => void) {
    this.#tell = tell;
  }

  take(order: Order): void {
    if (order.type === 'heal') this.#heal(order.id);
    else {
      const lease = setTimeout(() => this.#heal(order.id), order.lease_ms);
      const pulses = order.remedies.flatMap((remedy) =>
        remedy.kind === 'pulse' ? [new Pulse(remedy.roots, remedy.factor)] : [],
      );
      this.#held.set(order.id, { remedies: order.remedies, pulses, lease });
      this.#tell({ type: 'held', id: order.id });
    }
  }

  /** Resolves when everything that was held is healed, as far as it could be. */
  async healAll(): Promise<void> {
    for (const id of this.#held.keys()) this.#heal(id);
    await Promise.all(this.#healing);
  }

  /** Once a fault; who asks again is answered when the first time is done. */
  #heal(id: number): void {
    const held = this.#held.get(id);
    if (held === undefined) return;
    this.#held.delete(id);
    clearTimeout(held.lease);
    for (const pulse of held.pulses) pulse.end();
    this.#healing.add(this.#apply(id, held.remedies));
  }

  async #apply(id: number, remedies: readonly Remedy[]): Promise<void> {
    const problem = await applyAll(remedies);
    this.#tell({ type: 'healed', id, ...(problem === undefined ? {} : { problem }) });
  }
}

/** All of them, whatever becomes of one; what went wrong in words. */
async function applyAll(remedies: readonly Remedy[]): Promise<string | undefined> {
  const done = await Promise.allSettled(remedies.map(apply));
  const problems = done.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
  return problems.length === 0 ? undefined : problems.join('; ');
}
