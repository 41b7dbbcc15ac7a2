import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { StackError } from '../backend.ts';
import { until } from './until.ts';

const TIMEOUT_MS = 5_000;
/** A replica may not have it yet, and a cache may still hold that nobody had. */
const FOUND_MS = 15_000;
const HELP = 'the tiers are up but do not work together: look at the application logs (`shop-plan logs`)';

const createdShape = z.object({ code: z.string().min(1) });

/**
 * One write read back through every tier: a short URL is made, and leads where it was made for. It stays, as any other.
 * Rejects with a `StackError` that names the request which was not answered as it should be.
 */
export async function checkShortenerRoundTrip(
  base_url: string,
  stack: string,
  _password: string,
  signal: AbortSignal = new AbortController().signal,
): Promise<void> {
  const url = `https://probe.shop-plan.invalid/${stack}/${randomUUID()}`;
  const created = await ask(`${base_url}/api/v1/urls`, signal, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ url }),
  });
  const text = await created.text();
  if (created.status !== 201) {
    throw new StackError(`POST /urls answered ${created.status} during the final check: ${text.slice(0, 200)}`, HELP);
  }
  const { code } = createdShape.parse(JSON.parse(text));
  const leads = async (): Promise<void> => {
    const found = await ask(`${base_url}/${code}`, signal, { redirect: 'manual' });
    await found.body?.cancel();
    const to = found.headers.get('location');
    if (found.status !== 302 || to !== url) throw new Error(`GET /${code} answered ${found.status}, location ${to}`);
  };
  await until('a new short URL leads where it was made for', leads, { deadline_ms: FOUND_MS, signal });
}

function ask(url: string, signal: AbortSignal, { headers, ...init }: RequestInit): Promise<Response> {
  return fetch(url, {
    ...init,
    // A pooled connection to a stack that is taken down later would be one to nowhere.
    headers: { ...headers, connection: 'close' },
    signal: AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), signal]),
  });
}
