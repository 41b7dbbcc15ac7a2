import { httpStore } from './http-store.ts';
import type { ObjectStore } from './object-store.ts';

/** An nginx with WebDAV and a password (RFC 7617). Type and Cache-Control are its own to give. */
export function connectWebdav(bucket: URL): ObjectStore {
  const user = `${decodeURIComponent(bucket.username)}:${decodeURIComponent(bucket.password)}`;
  const authorization = `Basic ${Buffer.from(user).toString('base64')}`;
  return httpStore(bucket, (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    return fetch(url, { ...init, headers });
  });
}
