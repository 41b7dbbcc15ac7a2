import { createRandom } from '../../model/random/random.ts';
import { NO_SESSION, type CompiledRequest, type Own } from '../../model/workload/render.ts';
import type { LoadJob } from '../engine.ts';
import type { Ending } from '../ledger/flight.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { loopbackUrl } from '../loopback.ts';
import type { Clock } from '../child/clock.ts';
import type { Connection } from './connection.ts';
import { ConnectionPool } from './connection-pool.ts';
import { DeadlineList } from './deadlines.ts';
import type { Answer } from './journeys/keep.ts';
import type { WritesLog } from './writes-log.ts';

const NOTHING: Own = { id: '', session: NO_SESSION };

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

/** A request of a traveller that has ended. */
export interface Arrived {
  readonly intended_us: number;
  readonly sent_us: number;
  readonly end_us: number;
  /** Where it was asked for, and came in whole. */
  readonly answer: Answer | undefined;
}

/** Who goes on when a request has ended. */
export interface Traveller {
  readonly session: ReadonlyMap<string, string>;
  readonly keepsAnswer: boolean;
  /** Once for every request that was sent for it. */
  onEnd(arrived: Arrived, ending: Ending, status: number): void;
}

/** Sends requests or counts them as dropped, and sees every one to its end. */
export class Sender {
  readonly #settings: SenderSettings;
  readonly #pool: ConnectionPool;
  readonly #deadlines: readonly DeadlineList<Connection>[];
  readonly #onExpired: (connection: Connection) => void;

  constructor(settings: SenderSettings) {
    const { job, clock } = settings;
    this.#settings = settings;
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
   * One request that is due: sent if a connection is free and the cap of requests in flight allows, else dropped, never kept for
   * later. Returns whether it was sent; `traveller` hears of its end then.
   */
  launch(
    request: CompiledRequest,
    class_index: number,
    rows: Int32Array,
    intended_us: number,
    phase: number,
    traveller: Traveller | null = null,
  ): boolean {
    const { ledger, job, nextId } = this.#settings;
    ledger.scheduled(class_index, phase, intended_us);
    const connection = ledger.inFlight < job.in_flight_cap ? this.#pool.take() : undefined;
    if (connection === undefined) {
      ledger.dropped(class_index, phase, intended_us);
      return false;
    }
    ledger.sent(class_index, phase);
    connection.class_index = class_index;
    connection.phase = phase;
    connection.intended_us = intended_us;
    connection.traveller = traveller;
    const session = traveller?.session ?? NO_SESSION;
    const own = request.needsId ? { id: nextId(), session } : traveller ? { id: '', session } : NOTHING;
    connection.send(request, rows, own, this.#deadlines[class_index]);
    return true;
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
    const { traveller, intended_us, sent_us, answer } = connection;
    if (free) this.#pool.giveBack(connection);
    else this.#pool.replace(connection);
    traveller?.onEnd({ intended_us, sent_us, end_us, answer }, ending, status);
    this.#settings.onActivity();
  }

  #takeDown({ class_index, id, sent_us }: Connection, outcome: Ending, status: number, ended_us: number): void {
    const { writes, job } = this.#settings;
    const template = writes && job.workload.classes[class_index];
    if (template?.record) writes?.add({ id, class: template.class, outcome, status, sent_us, ended_us });
  }
}
