import { existsSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { keepingIn } from '../../harness/store/keeping.ts';
import { readIfKept } from '../../harness/store/read-kept.ts';
import { UnreadableFile } from '../../harness/store/unreadable-file.ts';
import { RunError } from '../../harness/run-error.ts';
import { StackError } from '../../infra/backend.ts';
import { makeFolder } from '../../infra/files/make-folder.ts';
import { writeWhole } from '../../infra/files/write-whole.ts';
import { acquireLock } from '../../infra/local/claim-lock.ts';
import { NO_PROGRESS } from '../../model/progress/no-progress.ts';
import type { Progress } from '../../model/progress/progress.ts';
import { isUnreadable, readProgress } from '../../model/progress/read-progress.ts';

/**
 * Where progress is kept: it belongs to a person, whichever folder the walk is called from. A relative XDG_STATE_HOME is
 * ignored, as the XDG Base Directory Specification demands.
 */
export function progressPath(env: NodeJS.ProcessEnv = process.env, home = homedir()): string {
  const given = env['XDG_STATE_HOME'];
  const base = given !== undefined && isAbsolute(given) ? given : join(home, '.local/state');
  return join(base, 'shop-plan/walk.json');
}

/**
 * What is kept of a walk between two calls. Every change is made to what the file holds at that moment, so that two walks
 * at once do not undo each other. What cannot be read or written is said once and keeps nobody from learning.
 */
export class ProgressFile {
  readonly path: string;
  readonly #tell: (message: string) => void;
  #progress: Progress = NO_PROGRESS;
  #isKept = true;

  private constructor(path: string, tell: (message: string) => void) {
    this.path = path;
    this.#tell = tell;
  }

  /** Reads the file; `tell` gets a sentence for the learner where that, or a later change, fails. */
  static async open(tell: (message: string) => void, path = progressPath()): Promise<ProgressFile> {
    const file = new ProgressFile(path, tell);
    await file.#read();
    return file;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** False once it is known that nothing can be kept; changes then last as long as this walk. */
  get isKept(): boolean {
    return this.#isKept;
  }

  /** Changes the progress, here and in the file. */
  async keep(change: (progress: Progress) => Progress): Promise<void> {
    if (!this.#isKept) {
      this.#progress = change(this.#progress);
      return;
    }
    try {
      await this.#change(change);
    } catch (error) {
      if (!(error instanceof RunError || error instanceof StackError)) throw error;
      this.#giveUp(error.message);
      this.#progress = change(this.#progress);
    }
  }

  async #change(change: (progress: Progress) => Progress): Promise<void> {
    const folder = dirname(this.path);
    await keepingIn(folder, 0, async () => {
      await makeFolder(folder);
      const lock = await acquireLock(`${this.path}.lock`, 'the progress of the walk');
      try {
        await this.#read();
        const changed = change(this.#progress);
        if (this.#isKept) writeWhole(this.path, `${JSON.stringify(changed, null, 2)}\n`);
        this.#progress = changed;
      } finally {
        lock.release();
      }
    });
  }

  async #read(): Promise<void> {
    const text = await this.#text();
    if (text === null) return;
    const read = readProgress(text);
    if (!isUnreadable(read)) this.#progress = read;
    else if (read.isNewer) this.#giveUp(`${this.path}: ${read.problem}`);
    else this.#setAside(read.problem);
  }

  async #text(): Promise<string | null> {
    try {
      return await readIfKept(this.path);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      this.#giveUp(error.message);
      return null;
    }
  }

  /** A damaged file is never written over: somebody may want to mend it. */
  #setAside(problem: string): void {
    const aside = freeName(`${this.path}.damaged`);
    try {
      renameSync(this.path, aside);
      this.#tell(`Your progress in ${this.path} cannot be read: ${problem}. It lies in ${aside} now.`);
    } catch (error) {
      this.#giveUp(`${this.path}: ${problem}, and it cannot be put aside (${String(error)})`);
    }
  }

  #giveUp(reason: string): void {
    if (this.#isKept) this.#tell(`Your progress is not kept this time: ${reason}.`);
    this.#isKept = false;
  }
}

/** The name, or the first with a number behind it that nothing has yet. */
function freeName(path: string): string {
  let free = path;
  for (let number = 2; existsSync(free); number++) free = `${path}-${number}`;
  return free;
}
