import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';

/** What may be wider than the page scrolls in a box of its own, also by keyboard. `label` says what is in it. */
export function scrollBox(label: string, content: Content): Markup {
  return html`<div class="scroll" role="group" aria-label="${label}" tabindex="0">${content}</div>`;
}
