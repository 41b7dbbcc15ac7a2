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

/** A text that was typed as one, as a key: in small letters, but a number as it is written, since its unit may be told by a capital. */
export function keyOf(typed: string): string {
  const text = typed.trim();
  return beginsNumber(text) ? text : text.toLowerCase();
}

/** Whether a text is how an estimate begins: `7`, `~7k`, `.5 ms`. */
export function beginsNumber(text: string): boolean {
  return /^[~≈]? ?\.?\d/.test(text);
}
