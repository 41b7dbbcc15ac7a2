import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Finished } from './shop-plan.ts';

const MAIN = join(import.meta.dirname, '../../cli/shop-plan.js');
/** Without what would colour the output or say how wide it is. */
const { FORCE_COLOR: _forced, NO_COLOR: _refused, COLUMNS: _columns, ...plainEnv } = process.env;

/** `shop-plan walk` with the learner's keys in a pipe, each on a line. */
export async function walkPiped(
  args: readonly string[],
  keys: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  const child = spawn(process.execPath, [MAIN, 'walk', ...args], { env: { ...plainEnv, COLUMNS: '80', ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.on('error', () => {});
  child.stdin.end(keys.map((key) => `${key}\n`).join(''));
  const [code]: unknown[] = await once(child, 'close');
  return { code: typeof code === 'number' ? code : null, stdout, stderr };
}

/** `shop-plan walk` on a terminal of its own, of 80 columns, which `script` of util-linux provides. */
export class TerminalWalk {
  readonly #script: ReturnType<typeof spawn>;
  readonly #ended: Promise<number | null>;
  #shown = '';
  #looked = 0;

  /** `behind` is a shell line that follows the walk on the same terminal; without one the shell becomes the walk. */
  constructor(args: readonly string[], env: Readonly<Record<string, string>>, behind?: string) {
    const walk = `'${process.execPath}' '${MAIN}' walk ${args.join(' ')}`;
    const command = `stty cols 80 rows 24; echo "pid $$."; ${behind === undefined ? `exec ${walk}` : `${walk}; ${behind}`}`;
    this.#script = spawn('script', ['-qefc', command, '/dev/null'], {
      env: { ...plainEnv, TERM: 'xterm', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#script.stdout?.on('data', (chunk: Buffer) => (this.#shown += chunk.toString()));
    this.#ended = once(this.#script, 'close').then(([code]: unknown[]) => (typeof code === 'number' ? code : null));
  }

  get shown(): string {
    return this.#shown;
  }

  /** Resolves once the terminal shows the text behind what was waited for before; rejects when the walk ends without. */
  async says(text: string): Promise<void> {
    for (;;) {
      const at = this.#shown.indexOf(text, this.#looked);
      if (at >= 0) {
        this.#looked = at + text.length;
        return;
      }
      const more = this.#script.stdout ? once(this.#script.stdout, 'data').then(() => true) : Promise.resolve(false);
      if (!(await Promise.race([more, this.#ended.then(() => false)])) && !this.#shown.includes(text, this.#looked))
        throw new Error(`it ended without saying "${text}":\n${this.#shown.slice(this.#looked)}`);
    }
  }

  press(keys: string): void {
    this.#script.stdin?.write(keys);
  }

  /** The window is closed with the walk in it. */
  close(): void {
    this.#script.kill('SIGKILL');
  }

  /** Exit code of the walk, or of what follows it. */
  get ended(): Promise<number | null> {
    return this.#ended;
  }
}
