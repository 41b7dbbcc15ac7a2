import { createServer, connect } from 'node:net';
import type { Server, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { LinkConditions, LinkCounts } from './conditions.ts';
import { DelayLine } from './delay-line.ts';

/**
 * A stretch of network on this machine: a TCP proxy between a client and its server whose conditions can be changed
 * while connections are open. Opening a connection takes no time on it: it is kept-alive connections that are delayed.
 */
export class Link {
  readonly server: Server;
  readonly counts: LinkCounts = { connections: 0, bytes_to_target: 0, bytes_from_target: 0 };
  readonly #targets: readonly number[];
  readonly #open = new Set<Socket>();
  #conditions: LinkConditions;

  /** `targets` are ports on 127.0.0.1; connections go to one after the other. */
  constructor(targets: readonly number[], conditions: LinkConditions) {
    this.#targets = targets;
    this.#conditions = conditions;
    this.server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#join(client));
  }

  get conditions(): LinkConditions {
    return this.#conditions;
  }

  change({ reset, ...change }: Partial<LinkConditions> & { readonly reset?: true }): void {
    const wasBlackHole = this.#conditions.black_hole;
    this.#conditions = { ...this.#conditions, ...change };
    const hasLost = wasBlackHole && !this.#conditions.black_hole;
    if (this.#conditions.cut || hasLost || reset) this.reset();
  }

  /** Breaks every connection there is, as a router that forgets them does. */
  reset(): void {
    for (const socket of this.#open) socket.resetAndDestroy();
  }

  #join(client: Socket): void {
    this.#keep(client);
    if (this.#conditions.cut) {
      client.resetAndDestroy();
      return;
    }
    const port = this.#targets[this.counts.connections % this.#targets.length] ?? 0;
    this.counts.connections += 1;
    const target = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    this.#keep(target);
    client.on('data', (chunk) => (this.counts.bytes_to_target += chunk.length));
    target.on('data', (chunk) => (this.counts.bytes_from_target += chunk.length));
    breakTogether(client, target);
    breakTogether(target, client);
    this.#carry(client, target);
    this.#carry(target, client);
  }

  #carry(from: Socket, to: Socket): void {
    pipeline(from, new DelayLine(() => this.#conditions), to, (error) => {
      if (!error) return;
      from.resetAndDestroy();
      to.resetAndDestroy();
    });
  }

  #keep(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => this.#open.delete(socket));
    // A connection's failure is told to its other end, see above; there is nobody else to tell.
    socket.on('error', () => undefined);
  }
}

/** Before a pipeline closes the other end politely, it learns of a failure as one. */
function breakTogether(one: Socket, other: Socket): void {
  one.once('error', () => other.resetAndDestroy());
}
