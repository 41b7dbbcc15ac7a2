import { createRandom } from '../../model/random/random.ts';
import { createDrawer, type Drawer } from '../../model/workload/draw.ts';
import { compileRequests, type CompiledRequest } from '../../model/workload/render.ts';
import type { LoadJob } from '../engine.ts';
import type { Ending } from '../ledger/flight.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { loopbackUrl } from '../loopback.ts';
import type { Clock } from '../child/clock.ts';
import type { Connection } from './connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { DeadlineList } from './deadlines.ts';
import type { WritesLog } from './writes-log.ts';

const NO_ID = { id: '' };

export interface SenderSettings {
  readonly job: LoadJob;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Gives ids to requests that need one. */
  readonly nextId: () => string;
  /** Takes down the requests of recorded classes. */
  readonly writes?: WritesLog;
  readonly onSocket: (opened: boolean) => void;
  /** A request ended, so that there may be something to do. */
  readonly onActivity: () => void;
  /** The run cannot go on. */
  readonly onFatal: (error: Error) => void;
}

/** Draws a request for every arrival, sends it or counts it as dropped, and sees every request to its end. */
export class Sender {
  readonly #settings: SenderSettings;
  readonly #drawer: Drawer;
  readonly #requests: readonly CompiledRequest[];
  readonly #pool: ConnectionPool;
  readonly #deadlines: readonly DeadlineList<Connection>[];
  readonly #onExpired: (connection: Connection) => void;

  constructor(settings: SenderSettings) {
    const { job, clock } = settings;
    this.#settings = settings;
    this.#drawer = createDrawer(job.workload, job.schedule.seed);
    this.#requests = compileRequests(job.workload);
    this.#deadlines = job.workload.classes.map(() => new DeadlineList<Connection>());
    this.#onExpired = (connection) => connection.giveUp('timeout', connection.deadline_us);
    this.#pool = new ConnectionPool({
      url: loopbackUrl(job.base_url),
      connections: job.connections,
      random: createRandom(job.schedule.seed, 'back-off'),
      onSocket: settings.onSocket,
      owner: {
        now_us: () => clock.now_us(),
        onEnd: (connection, ending, status, end_us, free) => this.#onEnd(connection, ending, status, end_us, free),
        onRefused: settings.onFatal,
      },
    });
  }

  /**
   * One arrival: sent if a connection is free and the cap of requests in flight allows, else dropped, never kept for
   * later. The request is drawn in either case, so that the sequence does not depend on what became of the others.
   */
  offer(intended_us: number, phase: number): void {
    const { ledger, job } = this.#settings;
    const { class_index, rows } = this.#drawer.next();
    ledger.scheduled(class_index, phase, intended_us);
    const request = this.#requests[class_index];
    if (request === undefined) throw new Error(`class ${class_index} was drawn, but there is none`);
    const connection = ledger.inFlight < job.in_flight_cap ? this.#pool.take() : undefined;
    if (connection === undefined) {
      ledger.dropped(class_index, phase, intended_us);
      return;
    }
    ledger.sent(class_index, phase);
    connection.class_index = class_index;
    connection.phase = phase;
    connection.intended_us = intended_us;
    const own = request.needsId ? { id: this.#settings.nextId() } : NO_ID;
    connection.send(request, rows, own, this.#deadlines[class_index]);
  }

  /** An arrival that is another generator's: drawn all the same, so that the sequence of requests goes on. */
  pass(): void {
    this.#drawer.next();
  }

  /** Ends requests whose deadline has come. */
  expire(now_us: number): void {
    for (const list of this.#deadlines) list.expire(now_us, this.#onExpired);
  }

  /** Gives up what is still in flight and closes all connections. */
  close(now_us: number): void {
    for (const list of this.#deadlines) list.forEach((connection) => connection.giveUp('abandoned', now_us));
    this.#pool.close();
  }

  #onEnd(connection: Connection, ending: Ending, status: number, end_us: number, free: boolean): void {
    this.#deadlines[connection.class_index]?.remove(connection);
    this.#settings.ledger.ended(connection, ending, status, end_us);
    this.#takeDown(connection, ending, status, end_us);
    if (free) this.#pool.giveBack(connection);
    else this.#pool.replace(connection);
    this.#settings.onActivity();
  }

  #takeDown({ class_index, id, sent_us }: Connection, outcome: Ending, status: number, ended_us: number): void {
    const { writes, job } = this.#settings;
    const template = writes && job.workload.classes[class_index];
    if (template?.record) writes?.add({ id, class: template.class, outcome, status, sent_us, ended_us });
  }
}
