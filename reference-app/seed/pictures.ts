import { VARIANT_NAMES, VARIANTS, type Variant } from '../images/image-keys.ts';
import { createRandom } from './random.ts';

/** Pictures that look different; each product has one of them. Making more takes half a second each. */
export const PICTURES = 4;
/**
 * Shades up or down, of single pixels and of squares of them: it is noise that makes variants as large as those of photographs,
 * some 500 KB the large one.
 */
const FINE = 26;
const COARSE = 40;
const SQUARE = 8;
/** The fastest one: these pictures are looked at by machines. */
const WEBP = { quality: 80, effort: 0 };

export type Picture = Readonly<Record<Variant, Buffer>>;

/** The n-th picture of a seed (from 0) as WebP: two colours that run into each other, and noise. */
export async function makePicture(seed: number, n: number): Promise<Picture> {
  // Loaded only where there is a store for what it makes.
  const { default: sharp } = await import('sharp');
  const side = VARIANTS.large;
  const image = sharp(pixels(seed, n, side), { raw: { width: side, height: side, channels: 3 } });
  const files = VARIANT_NAMES.map((variant) => image.clone().resize(VARIANTS[variant]).webp(WEBP).toBuffer());
  const [thumb = Buffer.of(), medium = Buffer.of(), large = Buffer.of()] = await Promise.all(files);
  return { thumb, medium, large };
}

/** Red runs from left to right, green from top to bottom; blue is the picture's own. */
function pixels(seed: number, n: number, side: number): Buffer {
  const random = createRandom(seed + n);
  const bytes = Buffer.allocUnsafe(side * side * 3);
  const coarse = new Int8Array(side / SQUARE);
  const blue = 80 + Math.round((n / PICTURES) * 120);
  let at = 0;
  for (let y = 0; y < side; y += 1) {
    if (y % SQUARE === 0) coarse.forEach((_, index) => (coarse[index] = random.whole(COARSE) - COARSE / 2));
    const green = 60 + Math.round((120 * y) / side);
    for (let x = 0; x < side; x += 1) {
      const noise = (coarse[Math.floor(x / SQUARE)] ?? 0) + random.whole(FINE) - FINE / 2;
      bytes[at] = 60 + (120 * x) / side + noise;
      bytes[at + 1] = green + noise;
      bytes[at + 2] = blue + noise;
      at += 3;
    }
  }
  return bytes;
}

/**
 * The same picture as a file that no other product has: with a chunk at the end that says whose it is, which decoders skip
 * (RFC 9649: unknown chunks). So products have as many different files as there are products, at no cost.
 */
export function markedPicture(webp: Buffer, mark: string): Buffer {
  const text = Buffer.from(mark.length % 2 === 0 ? mark : `${mark} `);
  const head = Buffer.from('SHOP\0\0\0\0', 'latin1');
  head.writeUInt32LE(text.length, 4);
  const whole = Buffer.concat([webp, head, text]);
  whole.writeUInt32LE(whole.length - 8, 4);
  return whole;
}
