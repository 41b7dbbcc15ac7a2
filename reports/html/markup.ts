/** Text that is markup already. Only `html` makes it, so that nothing else reaches a page without being escaped. */
export class Markup {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** For what this program has written itself, such as its own style sheet; never for anything that was read. */
  static trusted(text: string): Markup {
    return new Markup(text);
  }
}

/** What may stand within markup; nothing for null. */
export type Content = Markup | string | number | null | readonly Content[];

/** Markup with what is put in escaped: html`<td>${name}</td>`. Attribute values have to stand in double quotes. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const [first = '', ...rest] = withoutIndent(parts);
  return Markup.trusted(first + rest.map((part, index) => textOf(contents[index] ?? null) + part).join(''));
}

const withoutIndents = new WeakMap<TemplateStringsArray, readonly string[]>();

/** How this source is laid out does not belong on the page; each template is read once. */
function withoutIndent(parts: TemplateStringsArray): readonly string[] {
  const known = withoutIndents.get(parts) ?? parts.map((part) => part.replaceAll(/\n\s*/g, '\n'));
  withoutIndents.set(parts, known);
  return known;
}

function textOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.text;
  if (typeof content === 'string') return escaped(content);
  if (typeof content === 'number') return String(content);
  return content.map(textOf).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The one way from text to markup, for contents of elements and of quoted attributes. Characters that no document may hold show as such. */
function escaped(text: string): string {
  return text
    .replaceAll(/[[\p{Cc}\p{Surrogate}]--[\t\n\r]]/gv, '\ufffd')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
