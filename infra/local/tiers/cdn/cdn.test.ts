import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tier, Topology } from '../../../../model/topology/topology.ts';
import type { Stack } from '../../../backend.ts';
import { localConfig } from '../../config.ts';
import { createLocalBackend } from '../../local-backend.ts';
import { findProgram } from '../../programs.ts';
import {
  fixture,
  fixtureApplications,
  processesOf,
  removeHome,
  shopTopology,
  testConfig,
} from '../../testing/test-home.ts';
import { storeClient } from '../object-store/object-store-access.ts';
import type { StoreKind } from '../object-store/object-store-access.ts';

const plain = { instances: 1, calls: [], settings: {} };

/** Step 1 with images: an object store, and a CDN whose way there takes 20 ms and back. */
function imagesTopology(): Topology {
  const shop = shopTopology(1, 1);
  const cdn: Tier = { ...plain, id: 'cdn', kind: 'cdn', calls: ['images'], settings: { origin_distance_ms: 20 } };
  return { ...shop, tiers: [...shop.tiers, cdn, { ...plain, id: 'images', kind: 'object-store' }] };
}

/** A CDN in front of the whole site. */
function siteTopology(): Topology {
  const shop = shopTopology(1, 1);
  return { ...shop, tiers: [...shop.tiers, { ...plain, id: 'cdn', kind: 'cdn', calls: ['lb'] }] };
}

const options = { name: 'shop', seed: 1, products: 1, users: 1 };
// Where `install.sh` builds it, or on the PATH.
const machine = localConfig();
const hasS3 = findProgram('versitygw', machine.programFolders) !== null;

describe.each<StoreKind>(['s3', 'webdav'])('images from a store that speaks %s', (kind) => {
  describe.skipIf(kind === 's3' && !hasS3)('and is on this machine', () => {
    const ports = kind === 's3' ? { first: 29_300, end: 29_332 } : { first: 29_332, end: 29_364 };
    const folders = machine.programFolders.filter((folder) => kind === 's3' || !hasStore(folder));
    const config = testConfig(ports, { programFolders: folders });
    const backend = createLocalBackend(config);
    const messages: string[] = [];
    let stack: Stack;

    beforeAll(async () => {
      stack = await backend.up(imagesTopology(), { ...options, onProgress: (message) => messages.push(message) });
    });
    afterAll(async () => {
      await backend.down('shop');
      removeHome(config);
    });

    const image = '/products/1/f00d/medium.webp';
    const get = (path: string, method = 'GET'): Promise<Response> => fetch(`${stack.images_url}${path}`, { method });
    async function put(path: string): Promise<number> {
      const images = backend.connections('shop')?.images;
      const { port, password } = new URL(images?.url ?? '');
      const ask = storeClient(images?.kind ?? 's3', Number(port), { object_store: password });
      const headers = { 'cache-control': 'public, max-age=86400, immutable' };
      return (await ask('PUT', `/images${path}`, { body: `the bytes of ${path}`, headers })).status;
    }

    test('says what it is', async () => {
      const status = await backend.status('shop');
      expect(status?.processes.filter(({ healthy }) => !healthy)).toEqual([]);
      const role = kind === 's3' ? 'object-store' : 'origin (nginx, no S3)';
      expect(status?.stack.processes.find(({ id }) => id === 'images-1')?.role).toBe(role);
      expect(messages.some((message) => message.includes('no S3 server'))).toBe(kind === 'webdav');
    });

    test('an image is brought once, and then delivered from the edge, whatever its query', async () => {
      expect([200, 201]).toContain(await put(image));
      const first = await get(image);
      expect([first.status, first.headers.get('x-cache')]).toEqual([200, 'MISS']);
      expect(await first.text()).toBe(`the bytes of ${image}`);
      const again = await get(`${image}?acl`);
      expect([again.status, again.headers.get('x-cache')]).toEqual([200, 'HIT']);
      expect(await again.text()).toBe(`the bytes of ${image}`);
      expect((await get(image, 'HEAD')).headers.get('x-cache')).toBe('HIT');
    });

    test('nobody writes, deletes or lists without the key', async () => {
      const bucket = new URL(backend.connections('shop')?.images?.url ?? '');
      const origin = `http://${bucket.host}/images`;
      for (const method of ['PUT', 'DELETE']) {
        expect((await get(image, method)).status).toBe(403);
        expect([401, 403]).toContain((await fetch(`${origin}${image}`, { method })).status);
      }
      for (const url of [`${origin}/`, origin, `${stack.images_url}/`, `${stack.images_url}/products`]) {
        expect([403, 404, 301]).toContain((await fetch(url, { redirect: 'manual' })).status);
      }
      expect((await fetch(`${origin}${image}`)).status).toBe(200);
    });

    test('while the origin is cut off, what the edge has is delivered, and the rest when it is back', async () => {
      const link = stack.processes.find(({ id }) => id === 'cdn-link');
      const control = `http://127.0.0.1:${(link?.port ?? 0) + 1}/`;
      const change = (cut: boolean): Promise<Response> =>
        fetch(control, { method: 'PUT', body: JSON.stringify({ cut }) });
      expect(await (await fetch(control)).json()).toMatchObject({ delay_ms: 10, cut: false });
      await put('/products/2/f00d/medium.webp');
      await change(true);
      expect((await get(image)).headers.get('x-cache')).toBe('HIT');
      expect((await get('/products/2/f00d/medium.webp')).status).toBe(502);
      await change(false);
      expect((await get('/products/2/f00d/medium.webp')).headers.get('x-cache')).toBe('MISS');
    });

    test('images outlive the stack; the edge begins cold', async () => {
      expect((await backend.down('shop')).left).toEqual([]);
      expect(processesOf(config.home)).toEqual([]);
      stack = await backend.up(imagesTopology(), options);
      const answer = await get(image);
      expect([answer.status, answer.headers.get('x-cache')]).toEqual([200, 'MISS']);
    });
  });
});

describe('a CDN in front of a site', () => {
  const roundTrip = (): Promise<void> => Promise.resolve();
  const applications = fixtureApplications({ app: fixture('keeping-app.ts'), roundTrip });
  const config = testConfig({ first: 29_364, end: 29_380 }, { applications });
  const backend = createLocalBackend(config);
  let stack: Stack;

  beforeAll(async () => {
    stack = await backend.up(siteTopology(), options);
  });
  afterAll(async () => {
    await backend.down('shop');
    removeHome(config);
  });

  async function get(path: string, headers: Record<string, string> = {}): Promise<readonly [string | null, string]> {
    const answer = await fetch(`${stack.images_url}${path}`, { headers });
    return [answer.headers.get('x-cache'), await answer.text()];
  }

  test('keeps what the site lets it keep, and nothing else', async () => {
    const [first, kept] = await get('/kept/60');
    expect(first).toBe('MISS');
    expect(await get('/kept/60')).toEqual(['HIT', kept]);
    const [, one] = await get('/api/v1/products/1');
    expect(await get('/api/v1/products/1')).toEqual(['MISS', String(Number(one) + 1)]);
  });

  test('what a login sees is neither taken from it nor kept', async () => {
    const [, kept] = await get('/kept/60');
    const [status, own] = await get('/kept/60', { authorization: 'Bearer x' });
    expect([status, own === kept]).toEqual(['BYPASS', false]);
    expect(await get('/kept/60')).toEqual(['HIT', kept]);
  });

  test('an answer that is too old is given once more, and renewed meanwhile', async () => {
    const [, old] = await get('/kept/1');
    let answer = await get('/kept/1');
    while (answer[0] === 'HIT') answer = await get('/kept/1');
    expect(answer).toEqual(['STALE', old]);
    while (answer[1] === old) answer = await get('/kept/1');
    expect(answer[0]).toBe('HIT');
  });
});

function hasStore(folder: string): boolean {
  return findProgram('versitygw', [folder]) !== null;
}
