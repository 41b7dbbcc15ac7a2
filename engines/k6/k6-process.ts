import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const WORDS_KEPT = 2000;
/** Of the clock ticks in /proc; 100 on every Linux that Node runs on. */
const TICKS_PER_S = 100;
const PAGE_BYTES = 4096;

export interface K6Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** All of standard output: the script's summary. */
  readonly stdout: string;
  /** The end of what it wrote to standard error beside the lines that were taken. */
  readonly words: string;
}

/** A k6 that runs the script in a folder. It ends by itself when nobody reads its standard error any more (SIGPIPE). */
export class K6Process {
  readonly closed: Promise<K6Exit>;
  readonly #child: ChildProcess;
  #words = '';
  #stopped = false;

  /** `take` gets the lines of standard error and says whether a line was for it. */
  constructor(program: string, script: string, folder: string, take: (line: string) => boolean) {
    // In a group of its own: Ctrl-C on the terminal must not reach it twice, which would end it without a summary.
    this.#child = spawn(program, ['run', ...FLAGS, script], {
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutSettings(process.env), RECORD: '1', K6_AUTO_EXTENSION_RESOLUTION: 'false' },
    });
    this.closed = this.#watch(take);
    process.on('exit', () => this.#child.kill('SIGKILL'));
  }

  /** Asks it to end: it cuts off what is under way and still writes its summary. */
  stop(): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#child.kill('SIGINT');
  }

  /** Processor time since its start, and memory in use; undefined where there is no /proc, or no process any more. */
  usage(): { readonly cpu_s: number; readonly memory_bytes: number } | undefined {
    try {
      const stat = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8');
      // The name may hold anything but is in brackets; user and system time are fields 14 and 15, resident pages field 24 (proc(5)).
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const [user = 0, system = 0, pages = 0] = [fields[11], fields[12], fields[21]].map(Number);
      return { cpu_s: (user + system) / TICKS_PER_S, memory_bytes: pages * PAGE_BYTES };
    } catch {
      return undefined;
    }
  }

  #watch(take: (line: string) => boolean): Promise<K6Exit> {
    const { promise, resolve, reject } = Promise.withResolvers<K6Exit>();
    const { stdout: out, stderr } = this.#child;
    let stdout = '';
    out?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    if (stderr) {
      createInterface({ input: stderr }).on('line', (line) => {
        if (!take(line)) this.#words = `${this.#words}${line}\n`.slice(-WORDS_KEPT);
      });
    }
    this.#child.once('error', reject);
    this.#child.once('close', (code, signal) => resolve({ code, signal, stdout, words: this.#words.trim() }));
    return promise;
  }
}

/** No server of its own, nothing fetched or reported, nothing drawn on a terminal. */
const FLAGS = ['--quiet', '--no-color', '--log-format=raw', '--address=', '--no-usage-report'];

/** The user's settings of k6 are for the user's tests. */
function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('K6_')));
}
