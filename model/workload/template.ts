/** A template cut into pieces: literal text, and cells to fill in. */
export type Segment = string | Cell;

export interface Cell {
  readonly feed: string;
  readonly column: string;
  /** `number`: the cell stands in JSON as it is, without quotes. */
  readonly number: boolean;
}

/** What placeholders call an id that is the request's alone, as in `${request.id}`. */
export const REQUEST = 'request';

/** What placeholders call what a journey has kept from its answers, as in `${session.token}`. */
export const SESSION = 'session';

/** Whether placeholders of this name are filled in by the generator, and not from a feed. */
export function isOwn(name: string): boolean {
  return name === REQUEST || name === SESSION;
}

const PLACEHOLDER = /"\$\{([^.:{}]+)\.([^:{}]+):number\}"|\$\{([^.:{}]+)\.([^:{}]+)\}/g;

/**
 * Cuts a template at its placeholders: `${feed.column}`, and `"${feed.column:number}"`, whose quotes belong to the
 * placeholder. Whatever else begins with `${` is left in the literal text: `malformed` finds it.
 */
export function parseTemplate(text: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    if (match.index > from) segments.push(text.slice(from, match.index));
    const [whole, numberFeed, numberColumn, feed, column] = match;
    segments.push({
      feed: numberFeed ?? feed ?? '',
      column: numberColumn ?? column ?? '',
      number: numberFeed !== undefined,
    });
    from = match.index + whole.length;
  }
  if (from < text.length) segments.push(text.slice(from));
  return segments;
}

/** The pieces of a parsed template that look like placeholders but are none. */
export function malformed(segments: readonly Segment[]): string[] {
  return segments.flatMap((segment) => (typeof segment === 'string' ? (segment.match(/"?\$\{[^}]*\}?"?/g) ?? []) : []));
}

export function cellsOf(segments: readonly Segment[]): Cell[] {
  return segments.filter((segment) => typeof segment !== 'string');
}
