import { Problem } from '../http/problem.ts';
import { FORMATS, type ImageFormat } from './image-keys.ts';

export const IMAGE_TYPES: readonly string[] = FORMATS.map((format) => `image/${format}`);

/**
 * The format of an image by its first bytes, which have to agree with its content type: nothing else is ever shown to a decoder.
 * (PNG 3rd edition 5.2; JPEG: ITU T.81 B.1.1.3; WebP: RFC 9649 2.4.) Throws a 415 `Problem`.
 */
export function formatOf(bytes: Buffer, contentType: string | undefined): ImageFormat {
  const claimed = contentType?.split(';')[0]?.trim().toLowerCase();
  const found = FORMATS.find((format) => SIGNATURES[format](bytes));
  if (found !== undefined && claimed === `image/${found}`) return found;
  const what = found === undefined ? 'no JPEG, PNG or WebP' : `image/${found}`;
  throw new Problem(415, 'UNSUPPORTED_MEDIA_TYPE', `the body is ${what}, whatever its content type says`);
}

const SIGNATURES: Readonly<Record<ImageFormat, (bytes: Buffer) => boolean>> = {
  jpeg: (bytes) => bytes.subarray(0, 3).equals(Buffer.of(0xff, 0xd8, 0xff)),
  png: (bytes) => bytes.subarray(0, 8).equals(Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)),
  webp: (bytes) => bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP',
};
