interface Place {
  readonly x: number;
  readonly y: number;
}

/** Dots of a braille cell by column and row (Unicode, Braille Patterns: bits of U+2800). */
const DOTS = [
  [0x01, 0x02, 0x04, 0x40],
  [0x08, 0x10, 0x20, 0x80],
] as const;
const ACROSS = 2;
const DOWN = 4;

/** A field of characters to draw curves on, two dots wide and four high each. Places run from 0 to 1, y upwards. */
export class PlotCanvas {
  readonly #columns: number;
  readonly #height: number;
  readonly #cells: string[];
  readonly #dots: number[];

  constructor(columns: number, height: number) {
    this.#columns = columns;
    this.#height = height;
    this.#cells = Array.from({ length: columns * height }, () => ' ');
    this.#dots = Array.from({ length: columns * height }, () => 0);
  }

  /** Draws straight lines from place to place; null is a gap. Without a marker in dots. What is drawn already stays. */
  curve(places: readonly (Place | null)[], marker: string | undefined): void {
    for (const [index, place] of places.entries()) {
      if (!place) continue;
      const before = places[index - 1] ?? place;
      this.#line(before, place, (column, row) => this.#touch(column, row, marker));
    }
  }

  /** A dashed line across, under everything else. */
  ruler(y: number): void {
    const row = Math.round((1 - y) * (this.#height - 1));
    for (let column = 0; column < this.#columns; column++) this.#cells[row * this.#columns + column] = '┄';
  }

  /** A character in the top row. */
  top(x: number, text: string): void {
    this.#cells[Math.round(x * (this.#columns - 1))] = text;
  }

  rows(): string[] {
    return Array.from({ length: this.#height }, (_, row) =>
      this.#cells.slice(row * this.#columns, (row + 1) * this.#columns).join(''),
    );
  }

  /** All dots between two places: as many steps as the longer side has dots. */
  #line(from: Place, to: Place, touch: (column: number, row: number) => void): void {
    const dot = ({ x, y }: Place): readonly [number, number] => [
      x * (this.#columns * ACROSS - 1),
      (1 - y) * (this.#height * DOWN - 1),
    ];
    const [[x0, y0], [x1, y1]] = [dot(from), dot(to)];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))));
    for (let i = 0; i <= steps; i++) {
      touch(Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps));
    }
  }

  #touch(dotColumn: number, dotRow: number, marker: string | undefined): void {
    const cell = Math.floor(dotRow / DOWN) * this.#columns + Math.floor(dotColumn / ACROSS);
    const bit = DOTS[dotColumn % ACROSS === 0 ? 0 : 1][dotRow % DOWN] ?? 0;
    const empty = this.#cells[cell] === ' ' || this.#cells[cell] === '┄';
    this.#dots[cell] = (this.#dots[cell] ?? 0) | bit;
    if (marker === undefined) this.#cells[cell] = String.fromCodePoint(0x2800 + (this.#dots[cell] ?? 0));
    else if (empty) this.#cells[cell] = marker;
  }
}
