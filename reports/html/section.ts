import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';

/** A part of the page that can be jumped to. */
export interface Section {
  /** Unique on the page. */
  readonly id: string;
  readonly title: string;
  readonly content: Content;
  /** 2 unless it lies within another. */
  readonly level?: 2 | 3;
}

export function sectionMarkup({ id, title, content, level = 2 }: Section): Markup {
  const heading = level === 2 ? html`<h2 id="${id}-title">${title}</h2>` : html`<h3 id="${id}-title">${title}</h3>`;
  return html`<section id="${id}" aria-labelledby="${id}-title">${heading}${content}</section>`;
}
