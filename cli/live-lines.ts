import { fit, textWidth } from '../reports/text-width.ts';

/** The part of a terminal that this needs. */
export interface Screen {
  readonly columns?: number;
  write(text: string): unknown;
}

const DEFAULT_WIDTH = 80;
/** To the first column, up so many rows, and all that is below away (ECMA-48: CUU, ED). */
const erase = (rowsUp: number): string => `\r${rowsUp > 0 ? `\u001B[${rowsUp}A` : ''}\u001B[J`;

/**
 * Lines at the bottom of a terminal that the next ones replace. The cursor stays visible and is left where news go on; what was drawn
 * is gone after `clear`, also when the terminal has become narrower meanwhile and has broken the lines.
 */
export class LiveLines {
  readonly #screen: Screen;
  /** Columns that each line drawn takes. */
  #drawn: readonly number[] = [];

  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Columns that a line may take: the last one stays free, so that no line breaks by itself. */
  get width(): number {
    return Math.max(10, (this.#screen.columns ?? DEFAULT_WIDTH) - 1);
  }

  draw(lines: readonly string[]): void {
    const fitted = lines.map((line) => fit(line, this.width));
    this.#screen.write(`${this.#erasing()}${fitted.join('\n')}`);
    this.#drawn = fitted.map(textWidth);
  }

  clear(): void {
    if (this.#drawn.length > 0) this.#screen.write(this.#erasing());
    this.#drawn = [];
  }

  #erasing(): string {
    const columns = Math.max(1, this.#screen.columns ?? DEFAULT_WIDTH);
    const rows = this.#drawn.reduce((sum, width) => sum + Math.max(1, Math.ceil(width / columns)), 0);
    return rows > 0 ? erase(rows - 1) : '';
  }
}
