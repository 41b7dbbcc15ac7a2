import { AwsClient } from 'aws4fetch';
import type { Tier, Topology } from '../../../../model/topology/topology.ts';
import type { Secrets } from '../../secrets.ts';
import { portOf } from '../../site.ts';
import type { Site } from '../../site.ts';

/** What a store speaks: S3, or, where no S3 server can be had, the PUT, DELETE and GET of an nginx with WebDAV. */
export type StoreKind = 's3' | 'webdav';

/** Its processes' role in the manifest, by which a running one is known. */
export const STORE_ROLES: Readonly<Record<StoreKind, string>> = {
  s3: 'object-store',
  webdav: 'origin (nginx, no S3)',
};

/** The name that everybody who writes signs in with. */
export const STORE_USER = 'shop';
/** Whoever has the key writes to it; everybody may read what they know the name of. */
export const BUCKET = 'images';
/** An object that is always there: who can read it reaches the store. */
export const HEALTH_KEY = 'health';
const TIMEOUT_MS = 1_000;

/** What a running process of that role speaks; null when it is no store. */
export function storeKindOfRole(role: string): StoreKind | null {
  if (role === STORE_ROLES.s3) return 's3';
  return role === STORE_ROLES.webdav ? 'webdav' : null;
}

/** The bucket with the key to write to it. */
export function bucketUrl({ object_store }: Pick<Secrets, 'object_store'>, port: number): string {
  return `http://${STORE_USER}:${object_store}@127.0.0.1:${port}/${BUCKET}`;
}

/** Which one this machine has. */
export function storeKindOf({ programs }: Pick<Site, 'programs'>): StoreKind {
  return programs.has('versitygw') ? 's3' : 'webdav';
}

export function storeTier({ tiers }: Topology): Tier | undefined {
  return tiers.find(({ kind }) => kind === 'object-store');
}

/** What a service or seeder is told of the images' store and of where they are delivered; nothing, when there is none. */
export function imagesEnvironment(site: Site): Record<string, string> {
  const store = storeTier(site.topology);
  if (store === undefined) return {};
  const port = portOf(site, store.id);
  return {
    OBJECT_STORE_URL: bucketUrl(site.secrets, port),
    OBJECT_STORE_KIND: storeKindOf(site),
    IMAGES_URL: deliveryUrl(site, store, port),
  };
}

/** The CDN's base URL when it delivers from the store, else the bucket's own. */
function deliveryUrl(site: Site, store: Tier, port: number): string {
  const cdn = site.topology.tiers.find(({ kind, calls }) => kind === 'cdn' && calls[0] === store.id);
  return cdn === undefined ? `http://127.0.0.1:${port}/${BUCKET}` : `http://127.0.0.1:${portOf(site, cdn.id)}`;
}

/** A request to a store, signed as its kind wants it. Rejects when there is no answer within a second. */
export type AskStore = (
  method: string,
  path: string,
  content?: { readonly body?: string; readonly headers?: Readonly<Record<string, string>> },
) => Promise<Response>;

export function storeClient(kind: StoreKind, port: number, { object_store }: Pick<Secrets, 'object_store'>): AskStore {
  const send = kind === 's3' ? signed(object_store) : withPassword(object_store);
  return (method, path, { headers, ...content } = {}) =>
    send(`http://127.0.0.1:${port}${path}`, {
      method,
      ...content,
      // A pooled connection to a stack that is taken down later would be one to nowhere.
      headers: { ...headers, connection: 'close' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
}

type Send = (url: string, init: RequestInit) => Promise<Response>;

function signed(secretAccessKey: string): Send {
  const key = { accessKeyId: STORE_USER, secretAccessKey };
  const client = new AwsClient({ ...key, service: 's3', region: 'us-east-1', retries: 0 });
  return (url, init) => client.fetch(url, init);
}

function withPassword(password: string): Send {
  const authorization = `Basic ${Buffer.from(`${STORE_USER}:${password}`).toString('base64')}`;
  return (url, init) => {
    const headers = new Headers(init.headers);
    headers.set('authorization', authorization);
    return fetch(url, { ...init, headers });
  };
}

/** Throws unless the answer's status is one of those; the body of what came instead is in the message. */
export async function expectStatus(response: Response, ...accepted: readonly number[]): Promise<void> {
  const text = await response.text();
  if (accepted.includes(response.status)) return;
  const { pathname } = new URL(response.url);
  throw new Error(`${pathname} answered ${response.status}: ${text.slice(0, 300)}`);
}
