/** Where a cell stands decides how it is written. */
export type CellPlace = 'path' | 'header' | 'body' | 'number';

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const HEADER_VALUE = /^[\t\u0020-\u007e\u0080-\u00ff]*$/;

/** A cell as it is written in its place: URL-encoded, JSON-escaped, or as it is. Null when it cannot stand there. */
export function encodeCell(cell: string, place: CellPlace): string | null {
  switch (place) {
    case 'path':
      return cell.isWellFormed() ? encodeURIComponent(cell) : null;
    case 'header':
      return HEADER_VALUE.test(cell) ? cell : null;
    case 'body':
      return JSON.stringify(cell).slice(1, -1);
    case 'number':
      return JSON_NUMBER.test(cell) ? cell : null;
  }
}

/** Why `encodeCell` gave null, in words. */
export const CELL_RULE: Readonly<Record<CellPlace, string>> = {
  path: 'well-formed Unicode',
  header: 'text without control characters',
  body: 'text',
  number: 'a JSON number',
};
