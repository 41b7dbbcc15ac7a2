import type { Keyboard } from '../keyboard.ts';

/** Gives the answers one after the other, and ends behind the last; keeps the prompts. */
export class ScriptedKeyboard implements Keyboard {
  readonly prompts: string[] = [];
  readonly #answers: string[];

  constructor(...answers: readonly string[]) {
    this.#answers = [...answers];
  }

  key(prompt: string): Promise<string | null> {
    return this.line(prompt);
  }

  line(prompt: string): Promise<string | null> {
    this.prompts.push(prompt);
    return Promise.resolve(this.#answers.shift() ?? null);
  }

  close(): void {
    this.#answers.length = 0;
  }
}
