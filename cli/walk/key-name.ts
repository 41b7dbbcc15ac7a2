import type { Key } from 'node:readline';

/**
 * What a key of a terminal is called: a small letter or a sign for what prints one, `enter`, and for all others a word of
 * at least two letters, such as `up` or `control-a`, that no question offers.
 */
export function keyName(text: string | undefined, { name, ctrl, meta }: Key): string {
  if (name === 'return' || name === 'enter') return 'enter';
  if (name === 'paste-end') return 'pasted text';
  if (ctrl) return `control-${name ?? 'key'}`;
  if (meta) return `alt-${name ?? 'key'}`;
  if (name === 'space') return 'space';
  if (text !== undefined && /^[^\p{Cc}\p{Cf}]$/u.test(text)) return text.toLowerCase();
  return name !== undefined && name.length > 1 ? name : 'unknown';
}
