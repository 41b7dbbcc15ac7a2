/** What a learner types. Every question ends with null when the input has ended or the walk was interrupted. */
export interface Keyboard {
  /** One key of those that are offered: a small letter, `?`, or `enter`. On a terminal without Enter behind it. */
  key(prompt: string): Promise<string | null>;
  /** A line, without its end. */
  line(prompt: string): Promise<string | null>;
  close(): void;
}
