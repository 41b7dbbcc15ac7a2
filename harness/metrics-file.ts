import { rename, writeFile } from 'node:fs/promises';
import { RunError } from './run-error.ts';

/** A file of metrics for a collector that reads files, written anew each time. A reader meets the text of before or the new one, never a part. */
export class MetricsFile {
  readonly #path: string;
  readonly #onProblem: (problem: string) => void;
  #writing: Promise<void> = Promise.resolve();
  #isWhole = true;

  private constructor(path: string, onProblem: (problem: string) => void) {
    this.#path = path;
    this.#onProblem = onProblem;
  }

  /** `onProblem` is told, once, when a later write fails: the run goes on. @throws RunError when it cannot be written now. */
  static async open(path: string, onProblem: (problem: string) => void): Promise<MetricsFile> {
    const file = new MetricsFile(path, onProblem);
    try {
      await file.#replace('');
      return file;
    } catch (error) {
      throw new RunError(
        `metrics cannot be written to ${path}: ${messageOf(error)}`,
        'choose another `--metrics-file`',
      );
    }
  }

  write(text: string): void {
    this.#writing = this.#after(this.#writing, text);
  }

  /** Resolves when what was to be written is. */
  close(): Promise<void> {
    return this.#writing;
  }

  async #after(before: Promise<void>, text: string): Promise<void> {
    await before;
    try {
      await this.#replace(text);
      this.#isWhole = true;
    } catch (error) {
      if (this.#isWhole) this.#onProblem(`metrics cannot be written to ${this.#path} any more: ${messageOf(error)}`);
      this.#isWhole = false;
    }
  }

  /** Not synced: it is worth nothing after a crash, and the disk may be the one that is measured. */
  async #replace(text: string): Promise<void> {
    await writeFile(`${this.#path}.new`, text);
    await rename(`${this.#path}.new`, this.#path);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
