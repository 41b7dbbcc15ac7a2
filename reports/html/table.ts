import { html } from './markup.ts';
import type { Content, Markup } from './markup.ts';
import { scrollBox } from './scroll-box.ts';

export interface Column {
  readonly title: Content;
  /** Numbers stand flush right. */
  readonly numeric?: boolean;
}

export interface Table {
  /** What the table holds; read out before it. */
  readonly caption: string;
  readonly columns: readonly Column[];
  /** The first cell of a row is its heading. */
  readonly rows: readonly (readonly Content[])[];
  readonly hideCaption?: boolean;
}

/** A table that scrolls in a box of its own where the page is narrower; the box can be scrolled by keyboard. */
export function tableMarkup({ caption, columns, rows, hideCaption = false }: Table): Markup {
  const heads = columns.map(({ title, numeric }) => html`<th scope="col" ${numericClass(numeric)}>${title}</th>`);
  const body = rows.map(
    (row) =>
      html`<tr>
        ${row.map((cell, index) => cellMarkup(cell, index, columns[index]))}
      </tr>`,
  );
  const table = html`<table>
    <caption${hideCaption ? html` class="unseen"` : null}>${caption}</caption>
    <thead><tr>${heads}</tr></thead><tbody>${body}</tbody>
  </table>`;
  return scrollBox(caption, table);
}

function cellMarkup(cell: Content, index: number, column: Column | undefined): Markup {
  if (index === 0) return html`<th scope="row">${cell}</th>`;
  return html`<td${numericClass(column?.numeric)}>${cell}</td>`;
}

function numericClass(numeric: boolean | undefined): Content {
  return numeric ? html` class="n"` : null;
}
