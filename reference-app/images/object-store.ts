/** What OBJECT_STORE_KIND may say: S3, or an nginx that takes PUT and DELETE, where no S3 server can be had. */
export const STORE_KINDS = ['s3', 'webdav'] as const;
export type StoreKind = (typeof STORE_KINDS)[number];

/** Where images are kept. Every call rejects with a `StoreError` when the store is away or refuses. */
export interface ObjectStore {
  /** Keeps an object, in the place of the one that had the key. Whoever is given it may keep it for a day. */
  put(key: string, bytes: Buffer, type: string): Promise<void>;
  /** No such object is as good as deleted. */
  remove(key: string): Promise<void>;
  has(key: string): Promise<boolean>;
}

/** The store was away, or refused. */
export class StoreError extends Error {
  override name = 'StoreError';
}

/** How long a browser and a CDN may keep an image: under its key there is never another one. */
export const CACHE_CONTROL = 'public, max-age=86400, immutable';

/** Where anybody can read what is in a store: its URL without the key. */
export function publicUrl(storeUrl: string): string {
  const { origin, pathname } = new URL(storeUrl);
  return origin + pathname.replace(/\/+$/, '');
}
