import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import type { Tier, Topology } from '../../model/topology/topology.ts';
import type { Stack } from '../backend.ts';
import { APPLICATIONS } from './applications.ts';
import { createLocalBackend } from './local-backend.ts';
import { query } from './probes.ts';
import { processesOf, removeHome, shopTopology, testConfig } from './testing/test-home.ts';

// The real application, with what this machine has as an object store: the way of an image from upload to delivery.
const config = testConfig({ first: 29_400, end: 29_432 }, { applications: APPLICATIONS });
const backend = createLocalBackend(config);
const options = { name: 'shop', seed: 1, products: 1_000, users: 100 };
let stack: Stack;
let token: string;

beforeAll(async () => {
  stack = await backend.up(topology(), options);
  token = await managerToken();
});
afterAll(async () => {
  await backend.down('shop');
  removeHome(config);
});

/** As in step 5, the application does not say that it calls the store. */
function topology(): Topology {
  const shop = shopTopology(2, 2);
  const plain = { instances: 1, calls: [], settings: {} };
  const cdn: Tier = { ...plain, id: 'cdn', kind: 'cdn', calls: ['object-store'] };
  return { ...shop, step: 5, tiers: [...shop.tiers, cdn, { ...plain, id: 'object-store', kind: 'object-store' }] };
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<unknown> {
  const isImage = body instanceof Uint8Array;
  const response = await fetch(`${stack.base_url}/api/v1${path}`, {
    method,
    headers: { 'content-type': isImage ? 'image/jpeg' : 'application/json', ...headers },
    ...(body === undefined ? {} : { body: isImage ? new Uint8Array(body) : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text);
}

async function managerToken(): Promise<string> {
  const account = { email: 'manager@shop.test', password: 'a long password' };
  await ask('POST', '/auth/register', { ...account, name: 'Manager' });
  const url = backend.connections('shop')?.postgres['db-1'] ?? '';
  await query(url, `UPDATE users SET role = 'manager' WHERE email = '${account.email}'`);
  return z.object({ token: z.string() }).parse(await ask('POST', '/auth/login', account)).token;
}

async function delivered(url: string): Promise<readonly [number, string | null]> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return [response.status, response.headers.get('x-cache')];
}

test('an image uploaded through the load balancer is brought by the CDN once, then delivered from its cache', async () => {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const photograph = await sharp({ create: { width: 1_800, height: 1_200, channels: 3, noise, background: 'white' } })
    .jpeg({ quality: 95 })
    .toBuffer();
  // More than a load balancer takes unless told to.
  expect(photograph.length).toBeGreaterThan(1024 * 1024);
  const uploaded = await ask('POST', '/products/900/images', photograph, { authorization: `Bearer ${token}` });
  const { medium } = z.object({ medium: z.url() }).parse(uploaded);
  expect(await ask('GET', '/products/900')).toMatchObject({ mainImage: medium });
  expect(medium.startsWith(`${stack.images_url}/products/900/`)).toBe(true);
  expect(await delivered(medium)).toEqual([200, 'MISS']);
  expect(await delivered(medium)).toEqual([200, 'HIT']);
});

test('the popular products have images from the start, and the feed names them', async () => {
  const [header, ...paths] = readFileSync(join(stack.feeds_dir, 'images.tsv'), 'utf8').trimEnd().split('\n');
  expect([header, paths.length]).toEqual(['path', 200]);
  expect(await delivered(`${stack.images_url}/${paths[0]}`)).toEqual([200, 'MISS']);
  const { mainImage } = z.object({ mainImage: z.url() }).parse(await ask('GET', '/products/1'));
  expect(mainImage).toBe(`${stack.images_url}/${paths[0]?.replace('large', 'medium')}`);
});

test('down leaves nothing', async () => {
  expect((await backend.down('shop')).left).toEqual([]);
  expect(processesOf(config.home)).toEqual([]);
});
