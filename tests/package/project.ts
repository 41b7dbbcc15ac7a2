import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const REPOSITORY = join(import.meta.dirname, '../..');

export interface Finished {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty project of somebody else, in which the package is installed as it would be published. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'sp-package-'));
  /** Where its stacks keep their state. */
  readonly home = join(this.folder, 'home');

  constructor() {
    // Servers drop root's privileges and still have to reach their folders.
    chmodSync(this.folder, 0o755);
  }

  /** Rejects with what npm says when the package cannot be packed or installed. */
  async install(): Promise<void> {
    const packed = await this.run(
      'npm',
      ['pack', '--json', '--loglevel=error', '--pack-destination', this.folder],
      REPOSITORY,
    );
    const file = /"filename": "([^"]+)"/.exec(packed.stdout)?.[1];
    if (packed.code !== 0 || file === undefined) throw new Error(`npm pack: ${packed.stderr}${packed.stdout}`);
    this.write('package.json', '{ "name": "somebody-elses", "private": true, "type": "module" }\n');
    const quietly = ['--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
    const installed = await this.run('npm', ['install', ...quietly, join(this.folder, file)]);
    if (installed.code !== 0) throw new Error(`npm install: ${installed.stderr}`);
  }

  /** Adds packages that the repository has, as if they had been installed too. */
  link(...names: readonly string[]): void {
    for (const name of names) {
      mkdirSync(dirname(join(this.folder, 'node_modules', name)), { recursive: true });
      symlinkSync(join(REPOSITORY, 'node_modules', name), join(this.folder, 'node_modules', name));
    }
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Runs a program as a user's shell would, with this Node first on PATH; resolves whatever its exit code is. */
  run(program: string, args: readonly string[], cwd: string = this.folder): Promise<Finished> {
    const PATH = [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter);
    // What a run of tests tells its own processes is not for others; nor is npm's own setting for the repository.
    const own = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|NODE_ENV|TEST$|npm_|NODE_OPTIONS|FORCE_COLOR)/.test(name),
    );
    const { promise, resolve } = Promise.withResolvers<Finished>();
    const env = { ...Object.fromEntries(own), PATH, NO_COLOR: '1', SHOP_PLAN_HOME: this.home };
    execFile(program, args, { cwd, env, encoding: 'utf8', maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr });
    });
    return promise;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
