import type { Client, Dispatcher } from 'undici';
import type { CompiledRequest, Own } from '../../model/workload/render.ts';
import type { Ending, Flight } from '../ledger/flight.ts';
import type { Dated, DeadlineList } from './deadlines.ts';
import type { Answer } from './journeys/keep.ts';
import type { Traveller } from './sender.ts';

/** What a connection needs from the run it belongs to. */
export interface ConnectionOwner {
  now_us(): number;
  /** The request on `connection` has ended; called once per request. `free`: the connection can carry the next. */
  onEnd(connection: Connection, ending: Ending, status: number, end_us: number, free: boolean): void;
  /** The client refused the request itself: a mistake in the job, not an outcome. */
  onRefused(error: Error): void;
}

/**
 * One keep-alive connection with at most one request on it. It is its own undici handler and its own flight record, so
 * that a request allocates nothing here. undici's timeouts are off: they are good to half a second only.
 */
export class Connection implements Dispatcher.DispatchHandler, Flight, Dated<Connection> {
  class_index = 0;
  phase = 0;
  intended_us = 0;
  sent_us = 0;
  deadline_us = 0;
  /** The request's own id, where its class has one. */
  id = '';
  earlier: Connection | null = null;
  later: Connection | null = null;
  /** Whose request it is, when somebody waits for its end. */
  traveller: Traveller | null = null;
  /** Failures in a row, for the back-off. */
  failures = 0;
  readonly client: Client;
  readonly #owner: ConnectionOwner;
  #accept: readonly number[] = [];
  #status = 0;
  #busy = false;
  /** The answer to a request whose traveller keeps it. */
  #headers: Answer['headers'] = {};
  #chunks: Buffer[] = [];
  readonly #options: { path: string; method: string; headers: string[]; body: string | null } = {
    path: '/',
    method: 'GET',
    headers: [],
    body: null,
  };

  constructor(client: Client, owner: ConnectionOwner) {
    this.client = client;
    this.#owner = owner;
  }

  /**
   * Sends a request and enters it into `deadlines`. The caller has set `class_index`, `phase` and `intended_us`; the
   * rest of the flight is set here.
   */
  send(request: CompiledRequest, rows: Int32Array, own: Own, deadlines: DeadlineList<Connection> | undefined): void {
    const { template } = request;
    this.sent_us = this.#owner.now_us();
    this.deadline_us = this.sent_us + template.timeout_ms * 1000;
    this.#accept = template.accept;
    this.id = own.id;
    this.#status = 0;
    this.#busy = true;
    const options = this.#options;
    options.path = request.path(rows, own);
    options.method = template.method;
    options.headers = request.headers(rows, own);
    options.body = request.body === undefined ? null : request.body(rows, own);
    // The client may answer at once, so the deadline comes first.
    deadlines?.add(this);
    this.client.dispatch(options, this);
  }

  /** Gives the request up at `end_us` (its deadline, the end of the run); what the client says later is ignored. */
  giveUp(ending: Ending, end_us: number): void {
    this.#end(ending, end_us, false);
  }

  onRequestStart(): void {
    // Now it goes out, perhaps after connecting first.
    if (this.#busy) this.sent_us = this.#owner.now_us();
  }

  /** What came in of the last answer, where it is kept. */
  get answer(): Answer | undefined {
    if (!this.traveller?.keepsAnswer) return undefined;
    return { headers: this.#headers, body: Buffer.concat(this.#chunks).toString() };
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[]>,
  ): void {
    if (status < 200) return;
    this.#status = status;
    if (this.traveller?.keepsAnswer) {
      this.#headers = headers;
      this.#chunks = [];
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    // Bodies are drained, and kept for those who ask only.
    if (this.traveller?.keepsAnswer && this.#busy) this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.failures = 0;
    this.#endNow(this.#accept.includes(this.#status) ? 'ok' : 'http_error');
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#busy && 'code' in error && error.code === 'UND_ERR_INVALID_ARG') this.#owner.onRefused(error);
    this.failures++;
    this.#endNow('reset');
  }

  /** An end that comes after the deadline is a timeout, however late the deadline's own check is. */
  #endNow(ending: Ending): void {
    const now_us = this.#owner.now_us();
    if (now_us >= this.deadline_us) this.#end('timeout', this.deadline_us, true);
    else this.#end(ending, now_us, true);
  }

  #end(ending: Ending, end_us: number, free: boolean): void {
    if (!this.#busy) return;
    this.#busy = false;
    this.#owner.onEnd(this, ending, this.#status, end_us, free);
  }
}
