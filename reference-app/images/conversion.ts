import type { Sharp } from 'sharp';
import { Problem } from '../http/problem.ts';
import { VARIANT_NAMES, VARIANTS, type ImageFormat, type Variant } from './image-keys.ts';
import { Slots } from './slots.ts';

/** A picture of a good camera; a few bytes can claim to be a thousand times that. */
const PIXELS_MAX = 25_000_000;
/** libuv's four threads also hash passwords and read files. */
const AT_A_TIME = 2;
const WAITING_MAX = 16;
const WEBP = { quality: 80 };

/** What is made of an uploaded image. */
export interface Converted {
  readonly width: number;
  readonly height: number;
  readonly variants: Readonly<Record<Variant, Buffer>>;
  /** As it was uploaded, upright, without metadata such as where it was taken. */
  readonly original: Buffer;
}

export type Convert = (bytes: Buffer, format: ImageFormat) => Promise<Converted>;

/**
 * Makes the variants of images in libuv's threads, a few images at a time. Loads its library, so it is only made where there is
 * a store for what it makes. Throws a 400 `Problem` for what cannot be decoded to its last pixel, or has too many of them.
 */
export async function createConverter(): Promise<Convert> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  const slots = new Slots(AT_A_TIME, WAITING_MAX);
  return (bytes, format) =>
    slots.run(() =>
      convert(
        // Only its header is read through this one.
        sharp(bytes, { limitInputPixels: false }),
        sharp(bytes, { failOn: 'warning', limitInputPixels: PIXELS_MAX }),
        format,
      ),
    );
}

async function convert(header: Sharp, image: Sharp, format: ImageFormat): Promise<Converted> {
  try {
    const { width, height } = await header.metadata();
    if (width * height > PIXELS_MAX) throw tooLarge();
    const upright = image.autoOrient();
    const original = await upright.clone().toFormat(format).toBuffer({ resolveWithObject: true });
    const variants = await Promise.all(VARIANT_NAMES.map((variant) => shrink(upright, VARIANTS[variant])));
    const [thumb, medium, large] = variants;
    if (thumb === undefined || medium === undefined || large === undefined) throw new Error('a variant was not made');
    const { info, data } = original;
    return { width: info.width, height: info.height, original: data, variants: { thumb, medium, large } };
  } catch (error) {
    if (error instanceof Problem) throw error;
    // What libvips says names its own functions, which is of no use to a client.
    throw new Problem(400, 'INVALID_INPUT', 'the image is damaged or not complete', { cause: error });
  }
}

function shrink(image: Sharp, side: number): Promise<Buffer> {
  const size = { width: side, height: side, fit: 'inside', withoutEnlargement: true } as const;
  return image.clone().resize(size).webp(WEBP).toBuffer();
}

function tooLarge(): Problem {
  return new Problem(400, 'INVALID_INPUT', `the image has more than ${PIXELS_MAX / 1_000_000} million pixels`);
}
