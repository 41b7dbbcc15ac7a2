import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { VARIANT_NAMES, VARIANTS, variantKey } from '../images/image-keys.ts';
import type { ObjectStore } from '../images/object-store.ts';
import { makePicture, markedPicture, PICTURES, type Picture } from './pictures.ts';

/** The most popular products have an image each; so the shop's front pages look as they should. */
export const IMAGES = 200;
const PUTS_AT_A_TIME = 8;

export interface SeedImage {
  readonly productId: number;
  readonly imageId: string;
}

/**
 * Gives the most popular products an image each, unless rows and objects are there, and returns the images that they have now.
 * Objects come first and rows last, all in one statement: an interrupted seed begins again.
 */
export async function seedImages(
  databaseUrl: string,
  store: ObjectStore,
  plan: { readonly seed: number; readonly products: number },
): Promise<SeedImage[]> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: 5_000,
    application_name: 'shop-seed',
  });
  await client.connect();
  try {
    const images = makeImages(plan);
    const known = await knownImages(client, images);
    const [first] = known;
    if (first !== undefined && (await store.has(variantKey(first.productId, first.imageId, 'large')))) return known;
    await putImages(store, plan.seed, images);
    await insertRows(client, images);
    return images;
  } finally {
    await client.end();
  }
}

function makeImages({ seed, products }: { readonly seed: number; readonly products: number }): SeedImage[] {
  return Array.from({ length: Math.min(products, IMAGES) }, (_, index) => ({
    productId: index + 1,
    imageId: imageIdOf(seed, index + 1),
  }));
}

/** The same for the same seed and product. A UUID of version 8 (RFC 9562, 5.8), whose bits are the maker's own. */
function imageIdOf(seed: number, productId: number): string {
  const bytes = createHash('sha256').update(`image ${seed} ${productId}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

async function knownImages(client: Client, images: readonly SeedImage[]): Promise<SeedImage[]> {
  const { rows } = await client.query<{ image_id: string }>(
    'SELECT image_id FROM product_images WHERE image_id = ANY($1)',
    [images.map(({ imageId }) => imageId)],
  );
  const known = new Set(rows.map((row) => row.image_id));
  return images.filter(({ imageId }) => known.has(imageId));
}

async function putImages(store: ObjectStore, seed: number, images: readonly SeedImage[]): Promise<void> {
  const pictures = await Promise.all(Array.from({ length: PICTURES }, (_, n) => makePicture(seed, n)));
  const queue = images.values();
  const work = async (): Promise<void> => {
    for (const image of queue) await putImage(store, image, pictures);
  };
  await Promise.all(Array.from({ length: PUTS_AT_A_TIME }, work));
}

async function putImage(
  store: ObjectStore,
  { productId, imageId }: SeedImage,
  pictures: readonly Picture[],
): Promise<void> {
  const picture = pictures[productId % pictures.length];
  if (picture === undefined) throw new Error('there are no pictures');
  for (const variant of VARIANT_NAMES) {
    const file = markedPicture(picture[variant], `product ${productId}, ${variant}`);
    await store.put(variantKey(productId, imageId, variant), file, 'image/webp');
  }
}

async function insertRows(client: Client, images: readonly SeedImage[]): Promise<void> {
  await client.query(
    `INSERT INTO product_images (image_id, product_id, format, width, height)
     SELECT image_id, product_id, 'webp', $3, $3
       FROM unnest($1::uuid[], $2::bigint[]) AS i (image_id, product_id) ORDER BY product_id
     ON CONFLICT (image_id) DO NOTHING`,
    [images.map(({ imageId }) => imageId), images.map(({ productId }) => productId), VARIANTS.large],
  );
}
