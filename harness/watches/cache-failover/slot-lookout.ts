import type { Redis } from 'ioredis';
import { askRepeatedly } from '../outages/outage-observer.ts';
import type { Acknowledgement, Lookout } from '../outages/outage-observer.ts';
import { ownerOf, quickClient, viewOf } from './cluster-view.ts';
import type { ProbedSlot } from './slot-prober.ts';

const EVERY_MS = 30;

/**
 * Asks every node of a Redis, and notes:
 * - detect: one of the others counts the lost master as failed
 * - promote: another node serves its slot
 * - down, restart: the lost master itself does not answer; it does again
 */
export class SlotLookout implements Lookout {
  readonly #probed: ProbedSlot;

  constructor(probed: ProbedSlot) {
    this.#probed = probed;
  }

  async watch(lost: Acknowledgement, note: (sighting: string) => void, signal: AbortSignal): Promise<void> {
    const lost_port = Number(lost.by);
    const asked = [...this.#probed.urls].map(([port, url]) =>
      port === lost_port ? watchLost(url, note, signal) : this.#watchOther(url, lost_port, note, signal),
    );
    await Promise.all(asked);
  }

  async #watchOther(url: string, lost_port: number, note: (sighting: string) => void, signal: AbortSignal) {
    const { slot } = this.#probed;
    await asking(url, signal, async (client) => {
      const view = await viewOf(client);
      if (view.some(({ port, flags }) => port === lost_port && flags.includes('fail'))) note('detect');
      const owner = slot === undefined ? lost_port : ownerOf(slot, [view]);
      if (owner !== undefined && owner !== lost_port) note('promote');
    });
  }
}

async function watchLost(url: string, note: (sighting: string) => void, signal: AbortSignal): Promise<void> {
  let down = false;
  await asking(url, signal, async (client) => {
    try {
      await client.ping();
      if (down) note('restart');
    } catch (error) {
      down = true;
      note('down');
      throw error;
    }
  });
}

async function asking(url: string, signal: AbortSignal, ask: (client: Redis) => Promise<void>): Promise<void> {
  let client = quickClient(url);
  await askRepeatedly(signal, EVERY_MS, async () => {
    try {
      await ask(client);
    } catch (error) {
      client.disconnect();
      client = quickClient(url);
      throw error;
    }
  });
  client.disconnect();
}
