import { html } from './markup.ts';
import type { Content } from './markup.ts';

/** A sentence of ours, with the names that it has between backticks set as such. */
export function prose(sentence: string): Content {
  const parts = sentence.split('`');
  // An odd backtick belongs to the text.
  if (parts.length % 2 === 0) return sentence;
  return parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part));
}
