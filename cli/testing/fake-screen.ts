import type { Screen } from '../live-lines.ts';

// oxlint-disable-next-line no-control-regex -- escape sequences begin with a control character
const PIECES = /\u001B\[(\d*)([A-Za-z])|\r|\n|[^\u001B\r\n]/gu;

/** A terminal in memory: text, line ends, cursor up, erase below, and lines that break at its width, again when it is resized. */
export class FakeScreen implements Screen {
  columns: number;
  /** Rows, and whether each goes on in the next because it was broken. */
  #rows: { text: string; goesOn: boolean }[] = [{ text: '', goesOn: false }];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  write(text: string): void {
    for (const [piece, count, command] of text.matchAll(PIECES)) {
      if (command === 'A') this.#row = Math.max(0, this.#row - Number(count === '' ? 1 : count));
      else if (command === 'J') this.#eraseBelow();
      else if (command === 'm') continue;
      else if (command !== undefined) throw new Error(`the fake screen does not know CSI ${count}${command}`);
      else if (piece === '\r') this.#column = 0;
      else if (piece === '\n') this.#next(false);
      else this.#put(piece);
    }
  }

  /** What stands on it, without empty rows at the end. */
  lines(): string[] {
    const lines = this.#rows.map(({ text }) => text.trimEnd());
    return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
  }

  /** Breaks all lines anew, as terminals do; the cursor stays behind the same character. */
  resize(columns: number): void {
    const whole = this.#rows.slice(0, this.#row + 1);
    this.columns = columns;
    this.#rows = [{ text: '', goesOn: false }];
    this.#row = 0;
    this.#column = 0;
    for (const [index, { text, goesOn }] of whole.entries()) {
      for (const character of text) this.#put(character);
      if (!goesOn && index < whole.length - 1) this.#next(false);
    }
  }

  #put(character: string): void {
    if (this.#column === this.columns) this.#next(true);
    const row = this.#current();
    row.text = row.text.padEnd(this.#column).slice(0, this.#column) + character + row.text.slice(this.#column + 1);
    this.#column++;
  }

  #next(isBroken: boolean): void {
    this.#current().goesOn = isBroken;
    this.#row++;
    this.#column = 0;
    this.#current();
  }

  #eraseBelow(): void {
    const row = this.#current();
    row.text = row.text.slice(0, this.#column);
    this.#rows.length = this.#row + 1;
  }

  #current(): { text: string; goesOn: boolean } {
    const row = this.#rows[this.#row] ?? { text: '', goesOn: false };
    this.#rows[this.#row] = row;
    return row;
  }
}
