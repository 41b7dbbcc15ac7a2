import { setTimeout as delay } from 'node:timers/promises';
import type { Probe, ProbeSite } from '../instruments.ts';
import { readFeed } from './feed.ts';
import { Caller } from './http/caller.ts';
import { Outage } from './outage.ts';

const CONNECTIONS = 32;
const WRITES_SHARE = 0.2;
/** Requests go on for so long before and after. */
const AROUND_MS = 2_000;

/** Deploys the application anew under a steady stream of reads and writes, and goes back to the old instances. */
export const deployment: Probe = {
  name: 'deployment',
  title: 'what a deployment and a rollback cost those who are served meanwhile',
  classes: ['deploy.read', 'deploy.write'],
  counters: ['deploy.lost', 'deploy.downtime_s', 'deploy.switch_s', 'deploy.rollback_s'],
  parameters: {
    rate: { kind: 'count', otherwise: 50, about: 'requests a second' },
    watched: { kind: 'time', otherwise: 3, about: 'how long the new instances are watched' },
  },
  async run(site) {
    const { backend, stack, signal, parameters } = site;
    const stream = await startStream(site);
    const timed = async (work: () => Promise<unknown>): Promise<number> => {
      const from_ms = performance.now();
      await work();
      return (performance.now() - from_ms) / 1_000;
    };
    try {
      await delay(AROUND_MS);
      const watch_s = Number(parameters['watched']);
      const switch_s = await timed(() => backend.deploy(stack.name, { watch_s, signal }));
      await delay(AROUND_MS);
      const rollback_s = await timed(() => backend.rollBack(stack.name));
      await delay(AROUND_MS);
      const { lost, longest_s } = await stream.end();
      const times = { 'deploy.switch_s': switch_s - watch_s, 'deploy.rollback_s': rollback_s };
      return { counters: { 'deploy.lost': lost, 'deploy.downtime_s': longest_s, ...times } };
    } finally {
      await stream.end();
    }
  },
};

interface Stream {
  /** Sends no more, and waits for what is under way. */
  end(): Promise<{ readonly lost: number; readonly longest_s: number }>;
}

/** Evenly spaced, whatever becomes of them. */
async function startStream(site: ProbeSite): Promise<Stream> {
  const users = await readFeed(site, 'users.tsv');
  const caller = new Caller(site.stack.base_url, CONNECTIONS, site.recorder);
  const outage = new Outage();
  const every_ms = 1_000 / Number(site.parameters['rate']);
  const pending = new Set<Promise<void>>();
  let ended: Promise<void> | undefined;
  let sent = 0;
  const start_ms = performance.now();
  const send = async (index: number): Promise<void> => {
    const due_ms = start_ms + index * every_ms;
    const isWrite = index % Math.round(1 / WRITES_SHARE) === 0;
    const productId = 1 + (index % 100);
    const headers = { authorization: `Bearer ${users[index % users.length]?.['token'] ?? ''}` };
    const answer = isWrite
      ? await caller.ask('deploy.write', {
          method: 'POST',
          path: '/api/v1/cart/items',
          headers,
          due_ms,
          body: { productId },
        })
      : await caller.ask('deploy.read', { path: `/api/v1/products/${productId}`, due_ms });
    outage.note(answer !== null && answer.status < 500, due_ms);
  };
  const timer = setInterval(() => {
    while (start_ms + sent * every_ms <= performance.now()) {
      const request = send(sent++);
      pending.add(request);
      void request.finally(() => pending.delete(request));
    }
  }, 2);
  const stop = async (): Promise<void> => {
    clearInterval(timer);
    await Promise.all(pending);
    await caller.close();
  };
  return {
    async end() {
      await (ended ??= stop());
      return { lost: outage.lost, longest_s: outage.longest_s() };
    },
  };
}
