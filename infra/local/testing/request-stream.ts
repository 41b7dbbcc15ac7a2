import { Client } from 'undici';

/** What became of a stream of requests. */
export interface Streamed {
  /** Answers by the instance that gave them. */
  readonly answers: ReadonlyMap<string, number>;
  /** Whatever was no answer with status 200, in words. */
  readonly failures: readonly string[];
}

const WAIT_MS = 3;

/** Clients that ask, on connections which they keep, who answers; each again as soon as it knows. Ends when told. */
export function streamRequests(base_url: string, clients: number): { end(): Promise<Streamed>; streamed: Streamed } {
  const answers = new Map<string, number>();
  const failures: string[] = [];
  const told = new AbortController();
  const ask = async (client: Client): Promise<void> => {
    try {
      const { statusCode, body } = await client.request({ path: '/api/v1/whoami', method: 'GET' });
      const text = await body.text();
      if (statusCode === 200) answers.set(text, (answers.get(text) ?? 0) + 1);
      else failures.push(`status ${statusCode}`);
    } catch (error) {
      failures.push(String(error));
    }
  };
  const clientLoop = async (): Promise<void> => {
    const client = new Client(base_url, { pipelining: 1 });
    while (!told.signal.aborted) {
      await ask(client);
      // A connection that lies idle for a moment is the one that a balancer might close under a request.
      await new Promise((resolve) => setTimeout(resolve, Math.random() * WAIT_MS));
    }
    await client.close();
  };
  const loops = Array.from({ length: clients }, clientLoop);
  const streamed = { answers, failures };
  return {
    streamed,
    async end() {
      told.abort();
      await Promise.all(loops);
      return streamed;
    },
  };
}
