import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import sharp from 'sharp';
import { connectStore } from '../images/connect-store.ts';
import { publicUrl, type ObjectStore } from '../images/object-store.ts';
import { startObjectStore } from '../testing/object-store.ts';
import { query, type TestServer } from '../testing/servers.ts';
import { startShop, type TestShop } from '../testing/shop.ts';
import { writeImageFeed } from './feeds.ts';
import { IMAGES, seedImages, type SeedImage } from './images.ts';
import { makePicture, markedPicture } from './pictures.ts';

const plan = { seed: 7, products: 210 };
let shop: TestShop;
let server: TestServer;
let puts: number;
let store: ObjectStore;
let images: SeedImage[];

beforeAll(async () => {
  [shop, server] = await Promise.all([
    startShop({ cache: false, products: plan.products }),
    startObjectStore('webdav'),
  ]);
  const real = connectStore(server.url, 'webdav');
  store = {
    ...real,
    put: async (...object) => {
      puts += 1;
      await real.put(...object);
    },
  };
  puts = 0;
  images = await seedImages(shop.database.url, store, plan);
});
afterAll(() => Promise.all([shop.stop(), server.stop()]));

test('the most popular products have an image each, of which no two are the same file', async () => {
  expect(puts).toBe(3 * IMAGES);
  expect(images.map(({ productId }) => productId)).toEqual(Array.from({ length: IMAGES }, (_, index) => index + 1));
  const folder = await mkdtemp(join(tmpdir(), 'shop-feed-'));
  await writeImageFeed(folder, images);
  const [header, ...paths] = (await readFile(join(folder, 'images.tsv'), 'utf8')).trimEnd().split('\n');
  await rm(folder, { recursive: true });
  expect([header, paths.length]).toEqual(['path', IMAGES]);
  const files = await Promise.all(paths.slice(0, 12).map((path) => bytesOf(path)));
  for (const file of files) {
    expect(file.length).toBeGreaterThan(400_000);
    expect(file.length).toBeLessThan(600_000);
    // Decoded to the last pixel: the mark at the end is none of the picture's business.
    expect((await sharp(file, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true })).info).toMatchObject({
      width: 1_600,
      height: 1_600,
    });
  }
  const sums = files.map((file) => createHash('sha256').update(file).digest('hex'));
  expect(new Set(sums).size).toBe(files.length);
});

test('they are seeded once, and again where the store has lost them', async () => {
  puts = 0;
  expect(await seedImages(shop.database.url, store, plan)).toEqual(images);
  expect(puts).toBe(0);
  const [, second, ...others] = images;
  await query(shop.database.url, 'DELETE FROM product_images WHERE image_id = $1', [second?.imageId]);
  expect(await seedImages(shop.database.url, store, plan)).toEqual([images[0], ...others]);
  const empty: ObjectStore = { ...store, has: () => Promise.resolve(false) };
  expect(await seedImages(shop.database.url, empty, plan)).toEqual(images);
  expect(puts).toBe(3 * IMAGES);
  expect(await query(shop.database.url, 'SELECT FROM product_images')).toHaveLength(IMAGES);
});

test('the same seed is the same pictures', async () => {
  const [one, same, other] = await Promise.all([makePicture(7, 1), makePicture(7, 1), makePicture(8, 1)]);
  expect(one.large.equals(same.large)).toBe(true);
  expect(one.large.equals(other.large)).toBe(false);
  expect(markedPicture(one.thumb, 'odd').equals(markedPicture(one.thumb, 'even'))).toBe(false);
});

async function bytesOf(path: string): Promise<Buffer> {
  const answer = await fetch(`${publicUrl(server.url)}/${path}`);
  expect([path, answer.status]).toEqual([path, 200]);
  return Buffer.from(await answer.arrayBuffer());
}
