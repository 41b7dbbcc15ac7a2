import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { projectName } from '../../infra/compose/compose-backend.ts';
import { composeProject } from '../../infra/compose/project.ts';
import { writeProject } from '../../infra/compose/write-project.ts';
import { localConfig } from '../../infra/local/config.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan, ROOT } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface ComposeCommandOptions {
  readonly plan: string;
  readonly step: number;
  readonly name: string;
  readonly seed: number;
  readonly products: number;
  readonly users: number;
  readonly out: string;
  readonly force?: true;
}

/** Where clients find the entry and the CDN, unless `.env` is changed. */
const ENTRY_PORT = 8_080;
const CDN_PORT = 8_081;

/** `shop-plan compose --out <folder>` */
export async function composeCommand({ terminal }: Context, options: ComposeCommandOptions): Promise<ExitCode> {
  const plan = await loadPlan(options.plan);
  const topology = localTopology(plan, stepOf(plan, options.step));
  const project = composeProject(topology, options, localConfig());
  assertWritable(options.out, options.force === true);
  const place = { name: projectName(options.name), entry_port: ENTRY_PORT, cdn_port: CDN_PORT };
  const files = saying(options.out, () => writeProject(project, topology, { ...place, folder: options.out }));
  const services = Object.keys(project.compose.services);
  if (terminal.json) terminal.printJson({ formatVersion: 1, folder: options.out, services, files });
  else
    terminal.out(
      `wrote ${services.length} services to ${options.out}; start them there with \`docker compose up --build --wait\`\n` +
        `they answer at http://127.0.0.1:${ENTRY_PORT} then; ports and secrets are in its \`.env\`\n`,
    );
  return EXIT.ok;
}

function assertWritable(folder: string, force: boolean): void {
  if (/^(?!\.\.(\/|$))/.test(relative(realpathSync(ROOT), realFolder(resolve(folder))))) {
    throw new UsageError(`${folder} is in the source tree`, 'secrets do not belong there; name a folder outside of it');
  }
  if (force || !existsSync(folder)) return;
  if (existsSync(join(folder, 'compose.yaml'))) {
    throw new UsageError(`a project is in ${folder} already`, 'name another folder, or add `--force`');
  }
}

/** A folder's path without symbolic links, as far as it exists. */
function realFolder(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  return dirname(folder) === folder ? folder : join(realFolder(dirname(folder)), relative(dirname(folder), folder));
}

function saying<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const reasons: Record<string, string> = {
      EACCES: 'permission denied',
      EEXIST: 'it is a file',
      ENOTDIR: 'it is below a file',
      EROFS: 'it is read-only',
    };
    if (!(code in reasons)) throw error;
    throw new UsageError(`cannot write to ${folder}: ${reasons[code]}`, 'name another folder');
  }
}
