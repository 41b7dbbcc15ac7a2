/** A text with places in braces that formulas fill. Offsets are characters of the text. */
export interface Template {
  readonly text: string;
  readonly places: readonly Place[];
  /** The text with blanks where the places are, so that what is left can be looked at. */
  readonly rest: string;
  /** Braces that open or close nothing. */
  readonly strays: readonly number[];
}

/** `{formula | unit | 2 digits}`, with its braces. */
export interface Place {
  readonly offset: number;
  readonly length: number;
}

const PLACE = /\{[^{}]*\}/g;

export function readTemplate(text: string): Template {
  const places = [...text.matchAll(PLACE)].map(({ index: offset, 0: { length } }) => ({ offset, length }));
  const rest = text.replaceAll(PLACE, (place) => ' '.repeat(place.length));
  const strays = [...rest.matchAll(/[{}]/g)].map(({ index }) => index);
  return { text, places, rest, strays };
}

/** The text with each place replaced by what `fill` makes of it. */
export function fillTemplate({ text, places }: Template, fill: (place: Place) => string): string {
  const parts: string[] = [];
  let end = 0;
  for (const place of places) {
    parts.push(text.slice(end, place.offset), fill(place));
    end = place.offset + place.length;
  }
  return [...parts, text.slice(end)].join('');
}
