import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import sharp from 'sharp';
import { z } from 'zod';
import type { Service } from '../service.ts';
import { storeKindsHere, startObjectStore } from '../testing/object-store.ts';
import { picture, sidewaysPicture } from '../testing/pictures.ts';
import { query, type TestServer } from '../testing/servers.ts';
import { ask, baseUrl, serve, startShop, type Answer, type TestShop } from '../testing/shop.ts';
import { image, imageList, product } from '../openapi/answers.ts';
import { FORMATS } from './image-keys.ts';
import { publicUrl } from './object-store.ts';

let shop: TestShop;
beforeAll(async () => {
  shop = await startShop({ cache: true });
});
afterAll(() => shop.stop());

describe.each(storeKindsHere())('with a store that speaks %s', (kind) => {
  let store: TestServer;
  let service: Service;
  let base: string;
  // Each kind has products of its own: the shop is the same.
  const [many, seen] = kind === 's3' ? [4, 6] : [24, 26];
  beforeAll(async () => {
    store = await startObjectStore(kind);
    const redisUrls = shop.redis === undefined ? [] : [shop.redis.url];
    const images = { objectStore: { url: store.url, kind }, imagesUrl: publicUrl(store.url) };
    service = await serve({ databaseUrl: shop.database.url, redisUrls, ...images });
    base = `${baseUrl(service)}/api/v1`;
  });
  afterAll(async () => {
    await service.stop();
    await store.stop();
  });

  const upload = (bytes: Buffer, type = 'image/jpeg', productId = 3): Promise<Answer> =>
    ask(`${base}/products/${productId}/images`, 'POST', {
      as: 1,
      role: 'manager',
      rawBody: new Uint8Array(bytes),
      headers: { 'content-type': type },
    });
  const get = (path: string): Promise<Answer> => ask(base + path, 'GET', {});
  const remove = (path: string): Promise<Answer> => ask(base + path, 'DELETE', { as: 1, role: 'manager' });
  const rows = (): Promise<object[]> => query(shop.database.url, 'SELECT * FROM product_images');

  async function bytesAt(url: string | null): Promise<Buffer> {
    const answer = await fetch(url ?? '');
    expect([url, answer.status, answer.headers.get('content-type')]).toEqual([url, 200, 'image/webp']);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=86400, immutable');
    return Buffer.from(await answer.arrayBuffer());
  }

  test.each(FORMATS)(
    'a %s is kept in all its variants, shown with the product, and gone when deleted',
    async (format) => {
      expect(product.parse((await get('/products/3')).json).mainImage).toBeNull();
      const uploaded = await upload(await picture(format), `image/${format}`);
      expect([uploaded.status, uploaded.text.slice(0, 200)]).toEqual([201, expect.any(String)]);
      const { imageId, thumb, medium, large } = image.parse(uploaded.json);
      for (const [url, width] of [[thumb, 200] as const, [medium, 600] as const, [large, 800] as const]) {
        expect((await sharp(await bytesAt(url)).metadata()).width).toBe(width);
      }
      expect(product.parse((await get('/products/3')).json).mainImage).toBe(medium);
      expect(imageList.parse((await get('/products/3/images')).json).images).toEqual([uploaded.json]);

      expect((await remove(`/products/3/images/${imageId}`)).status).toBe(204);
      expect(product.parse((await get('/products/3')).json).mainImage).toBeNull();
      expect((await get('/products/3/images')).json).toEqual({ images: [] });
      expect((await fetch(medium ?? '')).status).toBe(404);
      expect((await remove(`/products/3/images/${imageId}`)).status).toBe(404);
    },
  );

  test('the first image stays the main one; none says where it was taken, and each is upright', async () => {
    const first = image.parse((await upload(await picture('jpeg'), 'image/jpeg', many)).json);
    const second = image.parse((await upload(await sidewaysPicture(), 'image/jpeg', many)).json);
    expect(product.parse((await get(`/products/${many}`)).json).mainImage).toBe(first.medium);
    expect(second).toMatchObject({ width: 300, height: 200 });
    const original = await fetch((second.large ?? '').replace('large.webp', 'original.jpeg'));
    for (const bytes of [await bytesAt(second.large), Buffer.from(await original.arrayBuffer())]) {
      const { exif, width } = await sharp(bytes).metadata();
      expect([exif, width]).toEqual([undefined, 300]);
    }
  });

  test('only managers upload and delete, and what they do is written down', async () => {
    const body = new Uint8Array(await picture('jpeg'));
    const headers = { 'content-type': 'image/jpeg' };
    for (const [role, status] of [['customer', 403] as const, ['employee', 403] as const, ['admin', 201] as const]) {
      const how = { as: 1, role, rawBody: body, headers };
      expect([role, (await ask(`${base}/products/${seen}/images`, 'POST', how)).status]).toEqual([role, status]);
    }
    expect((await ask(`${base}/products/${seen}/images`, 'POST', { rawBody: body, headers })).status).toBe(401);
    const notes = await query(shop.database.url, 'SELECT FROM audit_log WHERE subject = $1', [
      `product ${seen}, a new image`,
    ]);
    expect(notes).toHaveLength(3);
  });

  test('a store that is away: uploads are 503 with Retry-After and leave no row; reads and deletions go on', async () => {
    const { imageId } = image.parse((await upload(await picture('jpeg'), 'image/jpeg', 7)).json);
    const before = await rows();
    await store.kill();
    try {
      const refused = await upload(await picture('jpeg'), 'image/jpeg', 7);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      expect(await rows()).toEqual(before);
      expect(product.parse((await get('/products/7')).json).mainImage).toContain(imageId);
      expect((await remove(`/products/7/images/${imageId}`)).status).toBe(204);
    } finally {
      await store.start();
    }
  });

  test('what there is no place for is refused', async () => {
    expect((await upload(await picture('jpeg'), 'image/jpeg', 999_999)).status).toBe(404);
    await query(
      shop.database.url,
      `INSERT INTO product_images (image_id, product_id, format, width, height)
       SELECT gen_random_uuid(), 9, 'jpeg', 1, 1 FROM generate_series(1, 20)`,
    );
    const refused = await upload(await picture('jpeg'), 'image/jpeg', 9);
    expect([refused.status, codeOf(refused)]).toEqual([409, 'TOO_MANY_IMAGES']);
    await query(shop.database.url, 'DELETE FROM product_images WHERE product_id = 9');
  });
});

test('without a store images are listed, and none is taken', async () => {
  const upload = { as: 1, role: 'manager', rawBody: '', headers: { 'content-type': 'image/jpeg' } } as const;
  expect((await shop.ask('GET', '/products/8/images')).json).toEqual({ images: [] });
  expect((await shop.ask('GET', '/products/999999/images')).status).toBe(404);
  expect((await shop.ask('POST', '/products/8/images', { ...upload, rawBody: 'x' })).status).toBe(415);
  const jpeg = new Uint8Array(await picture('jpeg'));
  expect((await shop.ask('POST', '/products/8/images', { ...upload, rawBody: jpeg })).status).toBe(503);
});

function codeOf(answer: Answer): string {
  return z.object({ error: z.object({ code: z.string() }) }).parse(answer.json).error.code;
}
