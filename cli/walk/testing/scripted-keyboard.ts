import type { WalkKeyboard } from '../keyboard.ts';

/** Gives the answers one after the other, and ends behind the last; keeps the prompts. */
export class ScriptedKeyboard implements WalkKeyboard {
  readonly prompts: string[] = [];
  readonly #answers: string[];

  constructor(...answers: readonly string[]) {
    this.#answers = [...answers];
  }

  key(prompt: string): Promise<string | null> {
    return this.line(prompt);
  }

  line(prompt: string, begun?: string): Promise<string | null> {
    this.prompts.push(prompt);
    if (begun !== undefined) return Promise.resolve(begun);
    return Promise.resolve(this.#answers.shift() ?? null);
  }

  interruptible<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T> {
    return work(new AbortController().signal);
  }

  close(): void {
    this.#answers.length = 0;
  }
}
