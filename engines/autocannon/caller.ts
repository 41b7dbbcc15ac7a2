import type { Client, Request } from 'autocannon';
import type { Drawer } from '../../model/workload/draw.ts';
import type { CompiledRequest } from '../../model/workload/render.ts';
import type { Clock } from '../child/clock.ts';
import type { Ending, Flight } from '../ledger/flight.ts';
import type { Ledger } from '../ledger/ledger.ts';

export interface CallerSettings {
  readonly drawer: Drawer;
  readonly requests: readonly CompiledRequest[];
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly phase: number;
  /** Autocannon's one timeout for all classes. */
  readonly timeout_ms: number;
}

/**
 * Keeps account of one autocannon client, which has one request under way at a time: gives it drawn requests and times
 * them here, in µs. Autocannon's own figures are not used: whole milliseconds, wrong after a reset, silent on timeouts.
 */
export class Caller {
  readonly #settings: CallerSettings;
  #flight: Flight | null = null;
  #class_index = 0;
  #began = false;

  constructor(client: Client, settings: CallerSettings) {
    this.#settings = settings;
    client.addListener('request', () => this.#onRequest());
    client.addListener('response', (status: number) => this.#onResponse(status));
    client.addListener('done', () => this.#end('abandoned', 0));
    // Draws the first request at once.
    client.setRequests([{ setupRequest: (request) => this.#setUp(request) }]);
  }

  /** Autocannon is about to send; from the second time on it asks for the request right after this. */
  #onRequest(): void {
    if (this.#began) this.#lose();
    else this.#depart();
    this.#began = true;
  }

  #setUp(defaults: Request): Request {
    const { class_index, rows } = this.#settings.drawer.next();
    this.#class_index = class_index;
    if (this.#began) this.#depart();
    const request = this.#settings.requests[class_index];
    if (request === undefined) return defaults;
    return {
      ...defaults,
      method: request.template.method,
      path: request.path(rows),
      headers: asObject(request.headers(rows)),
      body: request.body?.(rows),
    };
  }

  #depart(): void {
    const { ledger, clock, phase } = this.#settings;
    const now_us = clock.now_us();
    this.#flight = { class_index: this.#class_index, phase, intended_us: now_us, sent_us: now_us };
    ledger.scheduled(this.#class_index, phase, now_us);
    ledger.sent(this.#class_index, phase);
  }

  #onResponse(status: number): void {
    const accept = this.#settings.requests[this.#flight?.class_index ?? 0]?.template.accept ?? [];
    this.#end(accept.includes(status) ? 'ok' : 'http_error', status);
  }

  /** The client goes on to another request although this one was not answered: it had timed out, or been cut off. */
  #lose(): void {
    if (this.#flight === null) return;
    const waited_us = this.#settings.clock.now_us() - this.#flight.sent_us;
    this.#end(waited_us >= this.#settings.timeout_ms * 1000 - 2000 ? 'timeout' : 'reset', 0);
  }

  #end(ending: Ending, status: number): void {
    const flight = this.#flight;
    if (flight === null) return;
    this.#flight = null;
    this.#settings.ledger.ended(flight, ending, status, this.#settings.clock.now_us());
  }
}

function asObject(pairs: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let i = 0; i + 1 < pairs.length; i += 2) headers[pairs[i] ?? ''] = pairs[i + 1] ?? '';
  return headers;
}
