import { createInterface } from 'node:readline';
import type { Interface } from 'node:readline';
import type { Readable } from 'node:stream';
import { shortened } from '../../reports/text-width.ts';
import { withoutControls } from '../../reports/without-controls.ts';
import { keyOf } from './key-name.ts';
import type { WalkKeyboard } from './keyboard.ts';

export interface LineKeyboardOptions {
  readonly input: Readable;
  /** Writes prompts. */
  readonly write: (text: string) => void;
  /** Whether what was read is written, too. */
  readonly echo: boolean;
  /** Aborts when the walk is interrupted. */
  readonly signal: AbortSignal;
}

/** Characters of an answer that are shown again. */
const ECHO_MAX = 60;

/** Every answer is a line: for input from a pipe or a file, and for terminals that know nothing but lines. */
export class LineKeyboard implements WalkKeyboard {
  readonly #options: LineKeyboardOptions;
  readonly #reader: Interface;
  readonly #lines: AsyncIterator<string>;
  /** Resolves when there will be no more answers: after an interrupt, or where a terminal was closed. */
  readonly #over: Promise<null>;

  constructor(options: LineKeyboardOptions) {
    this.#options = options;
    const { input, signal } = options;
    const { promise, resolve } = Promise.withResolvers<null>();
    this.#over = promise;
    if (signal.aborted) resolve(null);
    signal.addEventListener('abort', () => resolve(null), { once: true });
    // Before the reader hears of it.
    input.on('error', () => resolve(null));
    this.#reader = createInterface({ input, terminal: false, crlfDelay: Infinity });
    this.#lines = this.#reader[Symbol.asyncIterator]();
  }

  async key(prompt: string): Promise<string | null> {
    const line = await this.line(prompt);
    if (line === null) return null;
    const key = keyOf(line);
    return key === '' ? 'enter' : key;
  }

  /** What was begun is a whole line already. */
  async line(prompt: string, begun?: string): Promise<string | null> {
    this.#options.write(prompt);
    if (begun !== undefined) {
      this.#options.write(`${withoutControls(shortened(begun, ECHO_MAX))}\n`);
      return begun;
    }
    const read = await Promise.race([this.#over, this.#lines.next()]);
    const line = read === null || read.done === true ? null : read.value;
    // A terminal shows what is typed by itself, a pipe does not; and where the input ends, the prompt's line does, too.
    if (this.#options.echo || line === null)
      this.#options.write(`${withoutControls(shortened(line ?? '', ECHO_MAX))}\n`);
    return line;
  }

  interruptible<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    return work(this.#options.signal);
  }

  close(): void {
    this.#reader.close();
  }
}
