import { createHash } from 'node:crypto';

/** A name is at most 255 bytes long on every usual file system; this leaves room for what is added to it. */
const LENGTH_MAX_BYTES = 160;

/**
 * A name as part of the name of a file: letters, digits, `.`, `_` and `-` stay as they are, anything else becomes `_`. It never leaves its folder,
 * is never hidden, and never too long. A name that had to be changed ends with a hash of what it was, so that two of them stay two.
 */
export function fileNameOf(name: string): string {
  const plain = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]/gu, '_')
    .replace(/^\.+|^$/, '_');
  if (plain === name && bytesOf(plain) <= LENGTH_MAX_BYTES) return plain;
  const hash = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${cut(plain, LENGTH_MAX_BYTES - hash.length - 1)}~${hash}`;
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** The first characters, as many as the bytes have room for. */
function cut(text: string, bytes_max: number): string {
  let length = 0;
  let kept = '';
  for (const character of text) {
    length += bytesOf(character);
    if (length > bytes_max) break;
    kept += character;
  }
  return kept;
}
