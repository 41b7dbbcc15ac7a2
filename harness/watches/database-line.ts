import { Client } from 'pg';

export interface Question {
  /** Of a statement that is prepared once a connection. */
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

export interface LineTimes {
  readonly connect_ms: number;
  readonly answer_ms: number;
}

/** A connection to one database that is made when it is first needed, and anew when it broke. */
export class DatabaseLine {
  readonly #url: string;
  readonly #times: LineTimes;
  #client: Client | undefined;

  constructor(url: string, times: LineTimes) {
    this.#url = url;
    this.#times = times;
  }

  /** The rows. Rejects when there is no answer in time; the next question then has a new connection. */
  async ask(question: Question): Promise<unknown[]> {
    try {
      this.#client ??= await this.#connect();
      return (await this.#client.query<Record<string, unknown>>(question)).rows;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Cuts off what is under way. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    // It may be broken already, which is as good.
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<Client> {
    const { connect_ms, answer_ms } = this.#times;
    const client = new Client({
      connectionString: this.#url,
      connectionTimeoutMillis: connect_ms,
      query_timeout: answer_ms,
      application_name: 'shop-plan-watch',
    });
    // A connection that breaks while idle says so here; the next question finds it broken.
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
  }
}
