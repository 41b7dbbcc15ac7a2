import type { ObjectStore, StoreKind } from './object-store.ts';
import { connectS3 } from './s3-store.ts';
import { connectWebdav } from './webdav-store.ts';

/** A store by its URL, which has the key in it: `http://ACCESS:SECRET@HOST:PORT/BUCKET`. Does not connect. */
export function connectStore(url: string, kind: StoreKind): ObjectStore {
  return kind === 's3' ? connectS3(new URL(url)) : connectWebdav(new URL(url));
}
