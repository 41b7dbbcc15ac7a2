import express, { type Express, type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { answerEmpty, answerJson } from '../http/answer.ts';
import { Problem } from '../http/problem.ts';
import { idText, read } from '../http/validation.ts';
import type { Gate } from '../staff/authorise.ts';
import { formatOf, IMAGE_TYPES } from './image-format.ts';
import type { ProductImages } from './product-images.ts';
import { Slots } from './slots.ts';

const IMAGE_MAX_BYTES = 5 * 1024 * 1024;
/** Bodies held in memory at a time. */
const UPLOADS_MAX = 10;

export const imageIdText = z.uuid();

const imageBody = express.raw({ type: () => true, limit: IMAGE_MAX_BYTES, inflate: false });

/** GET /products/:id/images for everybody; POST (the image is the body) and DELETE .../:image for managers. */
export function addImageRoutes(app: Express, deps: { images: ProductImages; gate: Gate }): void {
  const { images, gate } = deps;
  const uploads = new Slots(UPLOADS_MAX, 0);

  app.get('/api/v1/products/:id/images', async (req, res) => {
    answerJson(res, 200, await images.list(read(idText, req.params.id, 'path')));
  });

  app.post('/api/v1/products/:id/images', async (req, res) => {
    const productId = read(idText, req.params.id, 'path');
    // Asked first: a body of megabytes is read from those only who may send it.
    await gate.pass(req, 'product.write', `product ${productId}, a new image`);
    const body = await uploads.run(async () => {
      const bytes = await readImage(req, res);
      return await images.add(productId, bytes, formatOf(bytes, req.headers['content-type']));
    });
    answerJson(res, 201, body);
  });

  app.delete('/api/v1/products/:id/images/:image', async (req, res) => {
    const productId = read(idText, req.params.id, 'path');
    const imageId = read(imageIdText, req.params.image, 'path');
    await gate.pass(req, 'product.write', `product ${productId}, image ${imageId}`);
    await images.remove(productId, imageId);
    answerEmpty(res, 204);
  });
}

/** The body, at most 5 MB of it. Throws a 415 `Problem` for what says to be no image; rejects as express does otherwise. */
async function readImage(req: Request, res: Parameters<RequestHandler>[1]): Promise<Buffer> {
  if (req.is([...IMAGE_TYPES]) === false) {
    throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', `an image is one of ${IMAGE_TYPES.join(', ')}`);
  }
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  imageBody(req, res, (error: unknown) => (error === undefined ? resolve() : reject(error)));
  await promise;
  const body: unknown = req.body;
  if (Buffer.isBuffer(body)) return body;
  throw new Problem(400, 'INVALID_INPUT', 'the body is empty');
}
