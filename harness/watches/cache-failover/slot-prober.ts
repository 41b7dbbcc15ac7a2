import { setTimeout as delay } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Acknowledgement, Prober } from '../outages/outage-observer.ts';
import { ownerOf, quickClient, viewOf } from './cluster-view.ts';

const EVERY_MS = 40;
const AGAIN_MS = 25;
const KEPT_S = 60;

/** A key of one slot, and where all nodes of its Redis are, by port. */
export interface ProbedSlot {
  readonly key: string;
  /** Absent where one node has all keys. */
  readonly slot?: number;
  readonly urls: ReadonlyMap<number, string>;
}

/** Sets one key all the time, at whichever node serves its slot. */
export class SlotProber implements Prober {
  readonly #probed: ProbedSlot;
  readonly #stop = new AbortController();
  #owner: { readonly port: number; readonly client: Redis } | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(probed: ProbedSlot) {
    this.#probed = probed;
  }

  start(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void> {
    this.#writing = this.#write(onAcknowledged);
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#writing;
    this.#drop();
  }

  async #write(onAcknowledged: (acknowledgement: Acknowledgement) => void): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const answered = await this.#writeOnce().catch(() => undefined);
      if (answered) onAcknowledged(answered);
      else this.#drop();
      await delay(answered ? EVERY_MS : AGAIN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #writeOnce(): Promise<Acknowledgement> {
    this.#owner ??= await this.#find();
    const { port, client } = this.#owner;
    await client.set(this.#probed.key, Date.now(), 'EX', KEPT_S);
    return { at_ms: Date.now(), by: String(port) };
  }

  async #find(): Promise<{ port: number; client: Redis }> {
    const { slot, urls } = this.#probed;
    const port = slot === undefined ? [...urls.keys()][0] : ownerOf(slot, await viewsOf([...urls.values()]));
    const url = urls.get(port ?? 0);
    if (port === undefined || url === undefined) throw new Error('no node serves the slot');
    return { port, client: quickClient(url) };
  }

  #drop(): void {
    this.#owner?.client.disconnect();
    this.#owner = undefined;
  }
}

/** What each node that answers says of the cluster. */
async function viewsOf(urls: readonly string[]) {
  const clients = urls.map(quickClient);
  const views = await Promise.allSettled(clients.map(viewOf));
  for (const client of clients) client.disconnect();
  return views.flatMap((view) => (view.status === 'fulfilled' ? [view.value] : []));
}
