import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from '../../infra/files/write-whole.ts';
import { keepingIn } from './keeping.ts';

/**
 * Keeps a file, and makes its folder where there is none. It takes the place of the one before, whole or not at all.
 * Throws a `RunError` when there is no room, or no leave to write.
 */
export async function keepFile(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await keepingIn(folder, Buffer.byteLength(text), async () => {
    await mkdir(folder, { recursive: true });
    writeWhole(path, text);
  });
}
