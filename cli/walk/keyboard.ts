/** What a learner types. Every question ends with null when the input has ended or the walk was interrupted. */
export interface Keyboard {
  /**
   * One key of those that are offered: a small letter, `?`, or `enter`. On a terminal without Enter behind it. Whatever else comes at once
   * comes as one text, so that no letter of it is taken for a key.
   */
  key(prompt: string): Promise<string | null>;
  /** A line, without its end. `begun` is what a `key` was that is no key but begins the line; with an end of line it is all of it. */
  line(prompt: string, begun?: string): Promise<string | null>;
  close(): void;
}

/** A keyboard beside which something goes on that can be ended alone. */
export interface WalkKeyboard extends Keyboard {
  /** An interrupt ends this work alone, a second one everything. Where keys are lines, the first one ends everything. */
  interruptible<T>(work: (stop: AbortSignal) => Promise<T>): Promise<T>;
}
