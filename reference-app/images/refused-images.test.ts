import { beforeAll, expect, test } from 'vitest';
import { Problem } from '../http/problem.ts';
import { bomb, picture } from '../testing/pictures.ts';
import { createConverter, type Convert } from './conversion.ts';
import { formatOf } from './image-format.ts';
import { FORMATS, type ImageFormat } from './image-keys.ts';

let convert: Convert;
beforeAll(async () => {
  convert = await createConverter();
});

async function problemOf(work: () => unknown): Promise<readonly [number, string]> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Problem) return [error.status, error.message];
    throw error;
  }
  return [200, ''];
}

test.each(FORMATS)('a whole %s is taken', async (format) => {
  const bytes = await picture(format);
  expect(formatOf(bytes, `image/${format}`)).toBe(format);
  expect(await convert(bytes, format)).toMatchObject({ width: 800, height: 500 });
});

test.each(FORMATS)('a %s that breaks off is refused, wherever it does', async (format) => {
  const bytes = await picture(format);
  for (const share of [0.02, 0.5, 0.95]) {
    const part = bytes.subarray(0, Math.floor(bytes.length * share));
    const [status] = await problemOf(() => convert(part, format));
    expect([share, status]).toEqual([share, 400]);
  }
});

test('a few bytes that would become gigabytes are refused', async () => {
  const bytes = bomb();
  expect(bytes.length).toBeLessThan(5 * 1024 * 1024);
  expect(await problemOf(() => convert(bytes, 'png'))).toEqual([400, expect.stringContaining('million pixels')]);
});

test.each<[ImageFormat, string | undefined]>([
  ['jpeg', 'image/png'],
  ['png', 'image/webp'],
  ['webp', 'image/jpeg'],
  ['webp', undefined],
])('a %s that says to be %s is refused', async (format, type) => {
  const bytes = await picture(format);
  expect(await problemOf(() => formatOf(bytes, type))).toEqual([415, expect.stringContaining(`image/${format}`)]);
});

test.each(['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '', 'RIFF'])('%j is no image', async (text) => {
  expect((await problemOf(() => formatOf(Buffer.from(text), 'image/png')))[0]).toBe(415);
});
