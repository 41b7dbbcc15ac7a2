import { setTimeout as delay } from 'node:timers/promises';
import type { Begun } from './recorder.ts';
import type { Probe, ProbeSite } from '../instruments.ts';
import { readFeed } from './feed.ts';
import { Caller } from './http/caller.ts';
import { ERRANDS, PARTIES, countEffects, urlOfParty } from './third-parties/parties.ts';
import type { Party } from './third-parties/parties.ts';

const CONNECTIONS = 16;
const LOOK_EVERY_MS = 2;
/** What a placed order leads to at each party: a mail when it is placed and one when it is shipped. */
const PER_ORDER: Readonly<Record<Party, number>> = { payment: 1, email: 2, shipping: 1, accounting: 1 };

/**
 * Places orders and looks, at the third parties themselves, how long it takes from the send of an order until each has been called for
 * it. A batch is over when all has happened that its orders lead to; within one, effects are matched to orders in turn, and mails
 * are timed only where a batch is one order, since each has two.
 */
export const effectsDelay: Probe = {
  name: 'effects-delay',
  title: 'how long after an order its payment, mail, label and invoice are done',
  classes: ['order.placed', ...PARTIES.map((party) => `effect.${party}`)],
  counters: ['effects.seen', 'effects.awaited'],
  parameters: {
    orders: { kind: 'count', otherwise: 20, about: 'how many orders' },
    at_once: { kind: 'count', otherwise: 1, about: 'how many of them at a time' },
    email_takes: { kind: 'time', otherwise: 0, about: 'how long the mail provider takes for a mail' },
  },
  async run(site) {
    const takes_ms = Math.round(Number(site.parameters['email_takes']) * 1_000);
    const caller = new Caller(site.stack.base_url, CONNECTIONS, site.recorder);
    try {
      if (takes_ms > 0) await setLatency(site, takes_ms);
      const seen = await placeBatches(site, caller);
      return { counters: { 'effects.seen': seen.seen, 'effects.awaited': seen.awaited } };
    } finally {
      await caller.close();
      if (takes_ms > 0) await setLatency(site, 0);
    }
  },
};

async function placeBatches(site: ProbeSite, caller: Caller): Promise<{ seen: number; awaited: number }> {
  const users = await readFeed(site, 'users.tsv');
  const together = Number(site.parameters['at_once']);
  const total = { seen: 0, awaited: 0 };
  for (let placed = 0; placed < Number(site.parameters['orders']) && !site.signal.aborted; placed += together) {
    const batch = users.slice(placed % users.length, (placed % users.length) + together);
    const effects = new AwaitedEffects(site, batch.length);
    await effects.prepare();
    const placing = (user: Record<string, string>, index: number) => placeOrder(caller, user, placed + index);
    // The former begins before the first order is sent.
    const [{ seen, awaited }] = await Promise.all([effects.watch(), ...batch.map(placing)]);
    total.seen += seen;
    total.awaited += awaited;
  }
  return total;
}

async function placeOrder(caller: Caller, user: Record<string, string>, index: number): Promise<void> {
  const items = [{ productId: 1 + (index % 100), quantity: 1 }];
  const body = { items, paymentMethod: 'CARD', shippingAddress: '1 Load Test Lane, 12345 Example' };
  const headers = { authorization: `Bearer ${user['token']}` };
  await caller.ask('order.placed', { method: 'POST', path: '/api/v1/orders', headers, body });
}

/** The effects of a batch of orders, ended one by one as the third parties count them. */
class AwaitedEffects {
  readonly #site: ProbeSite;
  readonly #orders: number;
  readonly #urls: readonly string[];
  #before: ReadonlyMap<string, number> = new Map();

  constructor(site: ProbeSite, orders: number) {
    this.#site = site;
    this.#orders = orders;
    this.#urls = [...new Set(PARTIES.map((party) => urlOfParty(site, party)))];
  }

  /** To be awaited before the first order is sent: what is counted later is compared with this. */
  async prepare(): Promise<void> {
    this.#before = await countEffects(this.#urls);
  }

  /** Effects begin now; resolves when all have been seen, or the phase is over. */
  async watch(): Promise<{ seen: number; awaited: number }> {
    const open = new Map(PARTIES.map((party) => [party, this.#begin(party)]));
    const awaited = PARTIES.reduce((sum, party) => sum + this.#orders * PER_ORDER[party], 0);
    for (;;) {
      const now = await countEffects(this.#urls);
      const done = (party: Party): number => (now.get(ERRANDS[party]) ?? 0) - (this.#before.get(ERRANDS[party]) ?? 0);
      for (const [party, begun] of open)
        while (begun.length > Math.max(0, this.#orders - done(party))) begun.shift()?.end('ok');
      const seen = PARTIES.reduce((sum, party) => sum + done(party), 0);
      if (seen >= awaited || this.#site.signal.aborted) return { seen, awaited };
      await delay(LOOK_EVERY_MS);
    }
  }

  #begin(party: Party): Begun[] {
    if (party === 'email' && this.#orders > 1) return [];
    return Array.from({ length: this.#orders }, () => this.#site.recorder.begin(`effect.${party}`));
  }
}

async function setLatency(site: ProbeSite, latency_ms: number): Promise<void> {
  const url = `${urlOfParty(site, 'email')}/admin/email`;
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'PUT', headers, body: JSON.stringify({ latency_ms }) });
  await answer.arrayBuffer();
}
