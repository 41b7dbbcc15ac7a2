import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { tableMarkup } from './table.ts';
import type { Table } from './table.ts';

export interface Figure {
  readonly drawing: Markup;
  /** What is drawn and how to read it. */
  readonly caption: Content;
  /** The same data; it stands closed below the drawing. */
  readonly data: Table;
}

/** A drawing with its caption and its data as a table, for whoever cannot or does not want to look at it. */
export function figureMarkup({ drawing, caption, data }: Figure): Markup {
  return html`<figure>
    ${drawing}
    <figcaption>${caption}</figcaption>
    <details>
      <summary>The data as a table</summary>
      ${tableMarkup(data)}
    </details>
  </figure>`;
}
