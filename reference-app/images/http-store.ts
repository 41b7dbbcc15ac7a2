import { CACHE_CONTROL, publicUrl, StoreError, type ObjectStore } from './object-store.ts';

/** Longer than a store takes that is well; who uploads is told soon when it is not. */
const TIMEOUT_MS = 5_000;

/** A `fetch` that adds what the store wants to know of who asks. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

/** A store of objects by PUT, HEAD and DELETE at `BUCKET/KEY`: what S3 and WebDAV have in common. */
export function httpStore(bucket: URL, send: Send): ObjectStore {
  const base = publicUrl(bucket.href);
  async function call(method: string, key: string, accept: readonly number[], init: RequestInit = {}): Promise<number> {
    const response = await answerOf(
      send(`${base}/${key}`, { ...init, method, signal: AbortSignal.timeout(TIMEOUT_MS) }),
    );
    if (accept.includes(response.status)) return response.status;
    throw new StoreError(`the object store answered ${response.status} to ${method} ${key}`);
  }
  return {
    async put(key, bytes, type) {
      const headers = { 'content-type': type, 'cache-control': CACHE_CONTROL };
      await call('PUT', key, [200, 201, 204], { headers, body: new Uint8Array(bytes) });
    },
    async remove(key) {
      await call('DELETE', key, [200, 204, 404]);
    },
    async has(key) {
      return (await call('HEAD', key, [200, 404])) === 200;
    },
  };
}

/** The answer with its body read, so that the connection is free for the next one. */
async function answerOf(sent: Promise<Response>): Promise<Response> {
  try {
    const response = await sent;
    await response.arrayBuffer();
    return response;
  } catch (error) {
    throw new StoreError('the object store does not answer', { cause: error });
  }
}
