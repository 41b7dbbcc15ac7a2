import { randomUUID } from 'node:crypto';
import type { Queries, Statement } from '../database/database.ts';
import { notFound, Problem, unavailable } from '../http/problem.ts';
import { QuietLog, type Log } from '../log.ts';
import type { ProductStore } from '../products/product-store.ts';
import type { Converted, Convert } from './conversion.ts';
import { keysOf, originalKey, variantKey, VARIANT_NAMES, type ImageFormat } from './image-keys.ts';
import { StoreError, type ObjectStore } from './object-store.ts';

const IMAGES_MAX = 20;

const COUNT: Statement = {
  name: 'count-images',
  kind: 'read',
  text: `SELECT (SELECT count(*) FROM product_images i WHERE i.product_id = p.product_id)::integer AS images
           FROM products p WHERE p.product_id = $1`,
};
const LIST: Statement = {
  name: 'list-images',
  kind: 'read',
  text: `SELECT i.image_id AS "imageId", i.width, i.height
           FROM products p LEFT JOIN product_images i USING (product_id) WHERE p.product_id = $1 ORDER BY i.image_no`,
};
const ADD: Statement = {
  name: 'add-image',
  kind: 'write',
  text: 'INSERT INTO product_images (image_id, product_id, format, width, height) VALUES ($1, $2, $3, $4, $5)',
};
const REMOVE: Statement = {
  name: 'remove-image',
  kind: 'write',
  text: 'DELETE FROM product_images WHERE product_id = $1 AND image_id = $2 RETURNING format',
};

/** What taking images takes: somewhere to keep them, and somebody to make the variants. */
export interface Uploads {
  readonly store: ObjectStore;
  readonly convert: Convert;
}

interface ImageRow {
  readonly imageId: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The images of products: rows that tell what there is, and objects that are it. A row is written when its objects are there, and
 * goes before they do: so at worst there is an object that nobody knows, never a row without one.
 */
export class ProductImages {
  readonly #database: Queries;
  readonly #products: ProductStore;
  readonly #uploads: Uploads | undefined;
  readonly #imagesUrl: string | undefined;
  readonly #log: QuietLog;

  constructor(deps: {
    readonly database: Queries;
    readonly products: ProductStore;
    readonly uploads: Uploads | undefined;
    readonly imagesUrl: string | undefined;
    readonly log: Log;
  }) {
    this.#database = deps.database;
    this.#products = deps.products;
    this.#uploads = deps.uploads;
    this.#imagesUrl = deps.imagesUrl;
    this.#log = new QuietLog(deps.log);
  }

  /** All images of a product as JSON, the main one first. Throws a 404 `Problem` when there is no such product. */
  async list(productId: number): Promise<string> {
    const rows = await this.#database.query<ImageRow | { readonly imageId: null }>(LIST, [productId]);
    if (rows.length === 0) throw notFound('product');
    const images = rows.filter((row): row is ImageRow => row.imageId !== null);
    return JSON.stringify({ images: images.map((row) => this.#describe(productId, row)) });
  }

  /**
   * Keeps an image in all its variants and returns it as JSON. Throws a 503 `Problem` when the store is away, 404 when there is
   * no such product, 409 when that has as many as it may, 400 when the image is damaged.
   */
  async add(productId: number, bytes: Buffer, format: ImageFormat): Promise<string> {
    const { store, convert } = this.#uploads ?? noUploads();
    const [product] = await this.#database.query<{ images: number }>(COUNT, [productId]);
    if (product === undefined) throw notFound('product');
    if (product.images >= IMAGES_MAX) {
      throw new Problem(409, 'TOO_MANY_IMAGES', `a product has at most ${IMAGES_MAX} images`);
    }
    const converted = await convert(bytes, format);
    const row = { imageId: randomUUID(), width: converted.width, height: converted.height };
    await keep(store, objectsOf(productId, row.imageId, converted, format));
    await this.#database.query(ADD, [row.imageId, productId, format, row.width, row.height]);
    await this.#products.invalidate(productId);
    return JSON.stringify(this.#describe(productId, row));
  }

  /** Throws a 404 `Problem` when the product has no such image. What a CDN has of it goes within a day. */
  async remove(productId: number, imageId: string): Promise<void> {
    const { store } = this.#uploads ?? noUploads();
    const [row] = await this.#database.query<{ format: ImageFormat }>(REMOVE, [productId, imageId]);
    if (row === undefined) throw notFound('image');
    await this.#products.invalidate(productId);
    const removed = await Promise.allSettled(keysOf(productId, imageId, row.format).map((key) => store.remove(key)));
    for (const each of removed) {
      if (each.status === 'rejected') this.#log.warn(each.reason, 'objects of a deleted image are left in the store');
    }
  }

  #describe(productId: number, { imageId, width, height }: ImageRow): object {
    const base = this.#imagesUrl;
    const urls = VARIANT_NAMES.map((variant) => [
      variant,
      base === undefined ? null : `${base}/${variantKey(productId, imageId, variant)}`,
    ]);
    return { imageId, width, height, ...Object.fromEntries(urls) };
  }
}

interface KeptObject {
  readonly key: string;
  readonly bytes: Buffer;
  readonly type: string;
}

function objectsOf(productId: number, imageId: string, converted: Converted, format: ImageFormat): KeptObject[] {
  const variants = VARIANT_NAMES.map((variant) => ({
    key: variantKey(productId, imageId, variant),
    bytes: converted.variants[variant],
    type: 'image/webp',
  }));
  const original = { key: originalKey(productId, imageId, format), bytes: converted.original, type: `image/${format}` };
  return [...variants, original];
}

async function keep(store: ObjectStore, objects: readonly KeptObject[]): Promise<void> {
  try {
    await Promise.all(objects.map(({ key, bytes, type }) => store.put(key, bytes, type)));
  } catch (error) {
    if (error instanceof StoreError) throw unavailable('images cannot be kept right now', error);
    throw error;
  }
}

function noUploads(): never {
  throw unavailable('this shop has nowhere to keep images');
}
