import { spawn } from 'node:child_process';
import { StackError } from '../backend.ts';
import { hasCode } from '../local/error-code.ts';

/** Before it, `up --wait` hung on tasks that had ended (docker/compose pull request 9572). */
const COMPOSE_MIN = [2, 7] as const;
const LINES_SHOWN = 15;

/** The docker command, by its name or path. */
export type Docker = string;

export interface Answer {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the docker command to its end, whatever that is. Rejects when there is no such command, and on an abort. */
export async function ask(docker: Docker, args: readonly string[], signal?: AbortSignal): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const child = spawn(docker, args, { stdio: ['ignore', 'pipe', 'pipe'], ...(signal && { signal }) });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs a command of Compose on a project. Rejects with a `StackError` that holds its last lines when it fails. */
export async function compose(
  docker: Docker,
  folder: string,
  args: readonly string[],
  signal?: AbortSignal,
): Promise<string> {
  const { code, stdout, stderr } = await ask(
    docker,
    ['compose', '--project-directory', folder, '--ansi', 'never', ...args],
    signal,
  );
  if (code === 0) return stdout;
  const lines = stderr.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n').replaceAll(/^/gm, '  | ');
  throw new StackError(`\`docker compose ${args[0]}\` failed with ${code}\n${lines}`, `the project is in ${folder}`);
}

/** Throws one `StackError` that says everything that is missing to run containers. */
export async function requireEngine(docker: Docker): Promise<void> {
  const problems = await enginesProblems(docker);
  if (problems.length === 0) return;
  throw new StackError(
    `containers cannot be run here: ${problems.join('; ')}`,
    'install Docker Engine with its compose plugin and start it; `shop-plan compose --out FOLDER` writes the project for another machine',
  );
}

async function enginesProblems(docker: Docker): Promise<string[]> {
  try {
    const plugin = await ask(docker, ['compose', 'version', '--short']);
    const engine = await ask(docker, ['version', '--format', '{{.Server.Version}}']);
    return [...pluginProblems(plugin), ...engineProblems(engine)];
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'EACCES')) return [`there is no \`${docker}\` command`];
    throw error;
  }
}

function pluginProblems({ code, stdout }: Answer): string[] {
  if (code !== 0) return ['`docker` has no compose plugin'];
  const [major = 0, minor = 0] = stdout.trim().replace(/^v/, '').split('.').map(Number);
  const [major_min, minor_min] = COMPOSE_MIN;
  if (major > major_min || (major === major_min && minor >= minor_min)) return [];
  return [`the compose plugin is version ${stdout.trim()}, which is older than ${COMPOSE_MIN.join('.')}`];
}

function engineProblems({ code, stderr }: Answer): string[] {
  return code === 0 ? [] : [`no Docker engine answers (${stderr.trim().split('\n').at(-1) ?? ''})`];
}
