import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { ImageFormat } from '../images/image-keys.ts';

/** A picture with some detail, so that its bytes are not few. */
export async function picture(format: ImageFormat, width = 800, height = 500): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 20 } as const;
  return await sharp({ create: { width, height, channels: 3, noise, background: 'white' } })
    .toFormat(format)
    .toBuffer();
}

/** The picture of somebody who holds the camera sideways, and tells where: 300 wide, 200 high, once it is turned. */
export async function sidewaysPicture(): Promise<Buffer> {
  return await sharp({ create: { width: 200, height: 300, channels: 3, background: 'red' } })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'who took it' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
}

/** A whole PNG of some hundred kilobytes that has 900 million pixels, all black (PNG 3rd edition, 11.2). */
export function bomb(): Buffer {
  const side = 30_000;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // One bit a pixel, in shades of grey.
  header[8] = 1;
  const row_bytes = 1 + side / 8;
  const pixels = deflateSync(Buffer.alloc(side * row_bytes));
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, data: Buffer): Buffer {
  const content = Buffer.concat([Buffer.from(type), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(content));
  return Buffer.concat([length, content, sum]);
}
