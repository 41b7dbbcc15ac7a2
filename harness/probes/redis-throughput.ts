import type { Findings, Probe, ProbeSite } from '../instruments.ts';
import { closedLoop } from './closed-loop.ts';
import { redisMasters } from './redis/masters.ts';
import type { Master } from './redis/masters.ts';
import { RedisWire, getVolley, setVolley } from './redis/wire.ts';
import type { Volley } from './redis/wire.ts';

/** How many commands a second Redis answers at most. */
export const redisThroughput: Probe = {
  name: 'redis-throughput',
  title: 'commands a second that Redis answers at most: GET and SET of one value, some of them on their way at a time',
  classes: ['redis.get', 'redis.set'],
  counters: ['redis.nodes'],
  parameters: {
    nodes: { kind: 'word', among: ['one', 'all'], otherwise: 'one', about: 'one master, or all of a cluster' },
    command: { kind: 'word', among: ['get', 'set'], otherwise: 'get', about: 'what is asked' },
    connections: { kind: 'count', otherwise: 4, about: 'to each node' },
    pipeline: { kind: 'count', otherwise: 1, about: 'commands that a connection sends together before it waits' },
    size: { kind: 'count', otherwise: 200, about: 'bytes of the value' },
  },
  run: ask,
};

async function ask(site: ProbeSite): Promise<Findings> {
  const { parameters, signal } = site;
  const value = 'v'.repeat(Number(parameters['size']));
  const masters = await redisMasters(site, value);
  const driven = parameters['nodes'] === 'all' ? masters : masters.slice(0, 1);
  const ways = driven.flatMap((master) =>
    Array.from({ length: Number(parameters['connections']) }, () => new Way(site, master, value)),
  );
  try {
    await closedLoop(ways.length, signal, async (worker) => await ways[worker]?.ask());
    return { counters: { 'redis.nodes': driven.length } };
  } finally {
    for (const way of ways) way.close();
  }
}

/** One connection to a master, opened anew when it breaks. */
class Way {
  readonly #recorder: ProbeSite['recorder'];
  readonly #url: string;
  readonly #name: string;
  readonly #volley: Volley;
  readonly #times: number;
  #wire: RedisWire | undefined;

  constructor({ recorder, parameters }: ProbeSite, { url, key }: Master, value: string) {
    this.#recorder = recorder;
    this.#url = url;
    this.#times = Number(parameters['pipeline']);
    this.#name = `redis.${parameters['command']}`;
    this.#volley =
      parameters['command'] === 'set' ? setVolley(key, value, this.#times) : getVolley(key, value, this.#times);
  }

  /** Sends as many commands as go together; each counts, and is answered when all of them are. */
  async ask(): Promise<void> {
    this.#wire ??= await RedisWire.open(this.#url);
    const begun = Array.from({ length: this.#times }, () => this.#recorder.begin(this.#name));
    try {
      await this.#wire.ask(this.#volley);
      for (const each of begun) each.end('ok');
    } catch (error) {
      for (const each of begun) each.end('reset');
      this.close();
      throw error;
    }
  }

  close(): void {
    this.#wire?.close();
    this.#wire = undefined;
  }
}
