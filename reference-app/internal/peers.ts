import type { Counts } from '../metrics/metrics.ts';
import type { ServiceName } from '../schema/parts.ts';
import type { ServiceClient } from './service-client.ts';

export type Peer = Exclude<ServiceName, 'shop'>;
/** Where other services are, each with its instances; those that are not called are absent. */
export type PeerUrls = Readonly<Partial<Record<Peer, readonly string[]>>>;

/** The other services that a process calls. */
export class Peers {
  readonly #clients = new Map<Peer, ServiceClient>();

  /** The client of a service, or undefined when nobody said where it is. */
  find(peer: Peer): ServiceClient | undefined {
    return this.#clients.get(peer);
  }

  /** The client of a service that settings have made sure of. */
  get(peer: Peer): ServiceClient {
    const client = this.#clients.get(peer);
    if (client === undefined) throw new RangeError(`nobody said where the ${peer} service is`);
    return client;
  }

  set(peer: Peer, client: ServiceClient): void {
    this.#clients.set(peer, client);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#clients.values(), (client) => client.close()));
  }
}

/** Clients for the services at these URLs. The HTTP client is loaded only when there is one. */
export async function connectPeers(urls: PeerUrls, secret: string | undefined, counts: Counts): Promise<Peers> {
  const peers = new Peers();
  const given = Object.entries(urls) as [Peer, readonly string[]][];
  if (given.length === 0) return peers;
  if (secret === undefined) throw new RangeError('services sign in with each other by a secret');
  const { ServiceClient } = await import('./service-client.ts');
  for (const [peer, instances] of given) peers.set(peer, new ServiceClient(peer, { urls: instances, secret }, counts));
  return peers;
}
