import { Client, buildConnector } from 'undici';
import type { Random } from '../../model/random/random.ts';
import { backOff_ms } from './back-off.ts';
import { Connection, type ConnectionOwner } from './connection.ts';

export interface PoolSettings {
  readonly url: URL;
  readonly connections: number;
  readonly random: Random;
  readonly owner: ConnectionOwner;
  readonly onSocket: (opened: boolean) => void;
}

/** Unused sockets are closed by us before most servers would: a request must not meet a closing socket. */
const KEEP_ALIVE_MS = 4000;

/**
 * Connections that are free. The one used last is taken first, so that no more sockets are open than the load needs.
 * One undici `Client` a connection, instead of its `Pool`: a `Pool` queues what it has no connection for, and waiting
 * in a queue of the generator is what must never happen here.
 */
export class ConnectionPool {
  readonly #settings: PoolSettings;
  readonly #free: Connection[];
  readonly #resting = new Set<NodeJS.Timeout>();
  readonly #connect: buildConnector.connector;

  constructor(settings: PoolSettings) {
    this.#settings = settings;
    this.#connect = countingConnector(settings.onSocket);
    this.#free = Array.from({ length: settings.connections }, () => this.#create());
  }

  /** A free connection, or undefined when all are busy or resting. */
  take(): Connection | undefined {
    return this.#free.pop();
  }

  /** Gives a connection back; after failures in a row it rests before it is free again. */
  giveBack(connection: Connection): void {
    const rest_ms = backOff_ms(connection.failures, this.#settings.random.uniform());
    if (rest_ms === 0) {
      this.#free.push(connection);
      return;
    }
    const timer = setTimeout(() => {
      this.#resting.delete(timer);
      this.#free.push(connection);
    }, rest_ms);
    this.#resting.add(timer);
  }

  /** Closes a connection whose request was given up and puts a new one in its place. */
  replace(connection: Connection): void {
    this.discard(connection);
    this.#free.push(this.#create());
  }

  /** Closes a connection for good. */
  discard(connection: Connection): void {
    // Nobody waits for the socket to be gone; destroying a client does not fail.
    void connection.client.destroy();
  }

  close(): void {
    for (const timer of this.#resting) clearTimeout(timer);
    for (const connection of this.#free.splice(0)) this.discard(connection);
  }

  #create(): Connection {
    const client = new Client(this.#settings.url, {
      connect: this.#connect,
      pipelining: 1,
      allowH2: false,
      headersTimeout: 0,
      bodyTimeout: 0,
      keepAliveTimeout: KEEP_ALIVE_MS,
    });
    return new Connection(client, this.#settings.owner);
  }
}

/** Connects without asking DNS (`localhost` is 127.0.0.1 here) and counts sockets. */
function countingConnector(onSocket: (opened: boolean) => void): buildConnector.connector {
  const connect = buildConnector({ allowH2: false });
  return (options, callback) => {
    const hostname = options.hostname === 'localhost' ? '127.0.0.1' : options.hostname;
    connect({ ...options, hostname }, (...[error, socket]) => {
      if (error !== null) {
        callback(error, null);
        return;
      }
      onSocket(true);
      socket.once('close', () => onSocket(false));
      callback(null, socket);
    });
  };
}
