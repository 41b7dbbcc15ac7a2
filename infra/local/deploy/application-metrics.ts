import type { ManifestProcess } from '../manifest.ts';

/** What an instance of the application says it has done for its clients. */
export interface Answers {
  readonly requests: number;
  /** Answered with a status of 500 and above. */
  readonly errors: number;
  /** Requests under way, the one that asks among them; 0 when it does not tell. */
  readonly in_flight: number;
}

const TIMEOUT_MS = 2_000;
/** Asked by those who watch over it, ourselves among them. */
const WATCHERS = /route="[^"]*\/(?:health|ready|metrics)"/;

/** Reads an instance's own counters. Rejects when it does not answer. */
export async function readAnswers({ id, metrics_url }: ManifestProcess): Promise<Answers> {
  if (metrics_url === undefined) throw new Error(`\`${id}\` has no metrics`);
  const response = await fetch(metrics_url, {
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`the metrics of \`${id}\` answered ${response.status}`);
  return parseAnswers(await response.text());
}

/** From the Prometheus text format: `…_http_requests_total` by status, and `…_requests_in_flight`. */
export function parseAnswers(text: string): Answers {
  let requests = 0;
  let errors = 0;
  for (const [, labels = '', value = ''] of text.matchAll(/^\w*http_requests_total\{([^}]*)\}\s+(\S+)$/gm)) {
    if (WATCHERS.test(labels)) continue;
    const status = Number(/(?:^|,)status="(\d+)"/.exec(labels)?.[1]);
    requests += Number(value);
    if (status >= 500) errors += Number(value);
  }
  const in_flight = Number(/^\w*requests_in_flight\s+(\S+)$/m.exec(text)?.[1] ?? 0);
  return { requests, errors, in_flight };
}
