import { Redis } from 'ioredis';

/** A node of a Redis Cluster as another one, or itself, sees it. */
export interface ViewedNode {
  readonly port: number;
  readonly flags: readonly string[];
  readonly epoch: number;
  /** Ranges of slots, both ends included. */
  readonly slots: readonly (readonly [first: number, last: number])[];
}

const ANSWER_MS = 500;

/** A connection to one node that fails at once, and is made anew when it is next asked. */
export function quickClient(url: string): Redis {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: ANSWER_MS,
    commandTimeout: ANSWER_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
    enableReadyCheck: false,
  });
  // Without a listener a lost connection would end this process; the command that fails by it says so, too.
  client.on('error', () => undefined);
  return client;
}

/** All nodes, as one of them sees them. */
export async function viewOf(client: Redis): Promise<ViewedNode[]> {
  return parseNodes(String(await client.call('CLUSTER', 'NODES')));
}

/** `CLUSTER NODES`: id, address, flags, master, ping, pong, epoch, link, slots; slots that are moving are in brackets. */
export function parseNodes(text: string): ViewedNode[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const [, address = '', flags = '', , , , epoch = '', , ...slots] = line.trim().split(' ');
    const ranges = slots.flatMap((slot): [number, number][] => {
      const match = /^(\d+)(?:-(\d+))?$/.exec(slot);
      return match ? [[Number(match[1]), Number(match[2] ?? match[1])]] : [];
    });
    const port = Number(/:(\d+)@/.exec(address)?.[1]);
    return { port, flags: flags.split(','), epoch: Number(epoch), slots: ranges };
  });
}

/** Port of the node that serves a slot: of several that claim it, the one with the latest configuration. */
export function ownerOf(slot: number, views: readonly (readonly ViewedNode[])[]): number | undefined {
  const claims = views.flat().filter(({ slots }) => slots.some(([first, last]) => first <= slot && slot <= last));
  return claims.toSorted((a, b) => b.epoch - a.epoch)[0]?.port;
}
