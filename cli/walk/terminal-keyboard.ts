import { createInterface, emitKeypressEvents } from 'node:readline';
import type { Interface, Key } from 'node:readline';
import type { ReadStream } from 'node:tty';
import { setImmediate } from 'node:timers/promises';
import { shortened } from '../../reports/text-width.ts';
import { beginsNumber, keyName, keyOf } from './key-name.ts';
import type { WalkKeyboard } from './keyboard.ts';

export interface TerminalKeyboardOptions {
  readonly input: ReadStream;
  /** Where prompts go and what is typed can be seen. */
  readonly screen: NodeJS.WriteStream;
  /** Aborts when the walk is interrupted. */
  readonly signal: AbortSignal;
  /** Ctrl-C, which is a key like others while single keys are read. */
  readonly interrupt: () => void;
}

interface Press {
  readonly text: string | undefined;
  readonly key: Key;
  readonly at_ms: number;
  /** Which read of the terminal it came with: a word that is typed or pasted comes with one. */
  readonly read: number;
}

/** Characters of a text in place of a key that are shown again. */
const ECHO_MAX = 60;
/** What was typed longer ago than this, while something was computed or measured, is no answer to a later question. */
const TYPED_AHEAD_MAX_MS = 1_000;
/** Text that is pasted comes between marks (xterm, "bracketed paste mode"), so that it is not taken for keys. */
const MARK_PASTES = '\u001B[?2004h';
const MARK_NO_PASTES = '\u001B[?2004l';

/** Single keys of a terminal, and lines that can be edited. The terminal is as it was before once this is closed. */
export class TerminalKeyboard implements WalkKeyboard {
  readonly #options: TerminalKeyboardOptions;
  readonly #typed: Press[] = [];
  #reader: Interface | null = null;
  #reads = 0;
  #hasAsked = false;
  #isPasting = false;
  #hasEnded = false;
  /** Ends what can be interrupted by itself. */
  #stopWork: (() => void) | null = null;
  /** Who waits for a key; called with null when none will come. */
  #waiting: ((press: Press | null) => void) | null = null;

  constructor(options: TerminalKeyboardOptions) {
    this.#options = options;
    const { input, signal } = options;
    input.on('data', this.#onRead);
    emitKeypressEvents(input);
    input.on('keypress', this.#onPress).on('end', this.#end).on('error', this.#end);
    signal.addEventListener('abort', this.#end);
    process.once('exit', this.#restore);
    this.#listen();
    options.screen.write(MARK_PASTES);
  }

  async key(prompt: string): Promise<string | null> {
    await this.#forgetOnce();
    if (this.#hasEnded) return null;
    this.#options.screen.write(prompt);
    const press = await this.#next();
    const name = press && nameOf([press, ...this.#restOf(press.read)]);
    this.#options.screen.write(`${shortened((name ?? '').trimEnd(), ECHO_MAX)}\n`);
    return name;
  }

  async line(prompt: string, begun = ''): Promise<string | null> {
    await this.#forgetOnce();
    return this.#hasEnded ? null : this.#edit(prompt, begun);
  }

  async interruptible<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    this.#stopWork = () => stop.abort(new Error('interrupted'));
    try {
      return await work(AbortSignal.any([stop.signal, this.#options.signal]));
    } finally {
      this.#stopWork = null;
    }
  }

  #edit(prompt: string, begun: string): Promise<string | null> {
    const { input, screen } = this.#options;
    const { promise, resolve } = Promise.withResolvers<string | null>();
    const reader = createInterface({ input, output: screen, prompt, historySize: 0 });
    this.#reader = reader;
    // At once, in the event itself: what follows in the same burst of keys belongs to the next question.
    const finish = (line: string | null): void => {
      if (this.#reader !== reader) return;
      this.#reader = null;
      reader.close();
      if (line === null) this.#endLine();
      else this.#listen();
      resolve(line);
    };
    reader.on('line', finish).on('close', () => finish(null));
    // The input's own listener hears of errors, too.
    reader.on('error', () => finish(null)).on('SIGINT', this.#interrupt);
    this.#options.signal.addEventListener('abort', () => finish(null), { once: true });
    reader.prompt();
    if (begun !== '') reader.write(begun);
    this.#replay(reader);
    return promise;
  }

  close(): void {
    const { input, signal } = this.#options;
    this.#end();
    this.#reader?.close();
    input.off('data', this.#onRead).off('keypress', this.#onPress).off('end', this.#end);
    signal.removeEventListener('abort', this.#end);
    process.off('exit', this.#restore);
    this.#restore();
    input.pause();
  }

  readonly #onRead = (): void => void this.#reads++;

  readonly #onPress = (text: string | undefined, key: Key): void => {
    if (key.name === 'paste-start') this.#isPasting = true;
    // A line reader listens by itself.
    if (this.#reader) {
      if (key.name === 'paste-end') this.#isPasting = false;
      return;
    }
    if (this.#isPasting && key.name !== 'paste-end') return;
    this.#isPasting = false;
    if (key.ctrl && key.name === 'c') this.#interrupt();
    else if (key.ctrl && key.name === 'd') this.#end();
    else this.#take({ text, key, at_ms: performance.now(), read: this.#reads });
  };

  readonly #interrupt = (): void => {
    const stop = this.#stopWork ?? this.#options.interrupt;
    this.#stopWork = null;
    stop();
  };

  #take(press: Press): void {
    if (!this.#waiting) this.#typed.push(press);
    else this.#waiting(press);
  }

  readonly #end = (): void => {
    this.#hasEnded = true;
    this.#waiting?.(null);
  };

  #endLine(): void {
    this.#options.screen.write('\n');
    this.#end();
  }

  readonly #restore = (): void => {
    this.#options.screen.write(MARK_NO_PASTES);
    if (!this.#options.input.destroyed) this.#options.input.setRawMode(false);
  };

  /** A line reader leaves the terminal without single keys, and stopped. */
  #listen(): void {
    this.#options.input.setRawMode(true);
    this.#options.input.resume();
  }

  /** What was typed before anything was asked is no answer: it was meant for the shell, or for a page that was not there yet. */
  async #forgetOnce(): Promise<void> {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    // It is read between the two, wherever in its round the event loop was.
    await setImmediate();
    await setImmediate();
    this.#typed.length = 0;
  }

  /** Takes what else came with a read. */
  #restOf(read: number): Press[] {
    const others = this.#typed.findIndex((press) => press.read !== read);
    return this.#typed.splice(0, others < 0 ? this.#typed.length : others);
  }

  #next(): Promise<Press | null> {
    const [ahead] = this.#takeTyped(1);
    if (ahead) return Promise.resolve(ahead);
    const { promise, resolve } = Promise.withResolvers<Press | null>();
    this.#waiting = (press) => {
      this.#waiting = null;
      resolve(press);
    };
    return promise;
  }

  #takeTyped(count: number): Press[] {
    const since_ms = performance.now() - TYPED_AHEAD_MAX_MS;
    const recent = this.#typed.findIndex(({ at_ms }) => at_ms >= since_ms);
    this.#typed.splice(0, recent < 0 ? this.#typed.length : recent);
    return this.#typed.splice(0, count);
  }

  /** Gives a line reader what was typed before it was there, up to the end of the line. */
  #replay(reader: Interface): void {
    while (this.#reader === reader) {
      const [press] = this.#takeTyped(1);
      if (!press) return;
      reader.write(press.text ?? null, press.key);
    }
  }
}

/** The key that was pressed, be it held down or with Enter behind it; for several the text that they are. */
function nameOf(presses: readonly Press[]): string {
  const names = new Set(presses.map(({ text, key }) => keyName(text, key)));
  const [name = ''] = names;
  if (names.size === 1) return name;
  const typed = presses.map(({ text, key }) => (key.ctrl || key.meta ? '' : (text ?? ''))).join('');
  const [line = '', ...others] = typed.split(/[\r\n]+/);
  const key = keyOf(line.replaceAll(/[\p{Cc}\p{Cf}]/gu, '')) || 'several keys';
  return beginsNumber(key) && others.length > 0 ? `${key}\n` : key;
}
