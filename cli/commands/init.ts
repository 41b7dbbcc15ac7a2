import { readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { writeWhole } from '../../infra/files/write-whole.ts';
import { isDiskFull } from '../../infra/local/full-disk.ts';
import { RunError } from '../../harness/run-error.ts';
import { firstPlan, firstPlanDocument } from '../../reports/first-plan-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { ROOT } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface InitOptions {
  readonly force?: true;
  readonly stdout?: true;
}

const TEMPLATE = join(ROOT, 'plans/templates/first-plan.yaml');
const SCHEMA = join(ROOT, 'schemas/plan.schema.json');

/** `shop-plan init [file]` */
export async function initCommand({ terminal }: Context, file: string, options: InitOptions): Promise<ExitCode> {
  if (!/\.ya?ml$/.test(file)) throw new UsageError(`${file} is no name for a plan`, `write \`${file}.yaml\``);
  const text = (await readFile(TEMPLATE, 'utf8')).replace(/^.*\n/, `${modeline(file)}\n`);
  if (options.stdout) {
    terminal.out(text);
    return EXIT.ok;
  }
  write(file, text, options.force === true);
  const written = firstPlan(file);
  await show(terminal, { data: () => written, document: () => firstPlanDocument(written) });
  return EXIT.ok;
}

/** Tells editors where the schema lies: the one of this installation, so that nothing is fetched. */
function modeline(file: string): string {
  const path = relative(dirname(resolve(file)), SCHEMA);
  // A path that leaves the plan's folder is of this machine alone, and a space would end it.
  const isInside = !path.startsWith('..') && !/\s/.test(path);
  const target = isInside ? `./${path.split(sep).join('/')}` : pathToFileURL(SCHEMA).href;
  return `# yaml-language-server: $schema=${target}`;
}

function write(file: string, text: string, force: boolean): void {
  try {
    writeWhole(file, text, { replace: force });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') throw new UsageError(`${file} is there already`, 'name another file, or add `--force`');
    if (isDiskFull(error)) throw new RunError(`no room for ${file}`, 'free some space, or name another file', error);
    const reasons: Record<string, string> = { ENOENT: 'no such folder', EISDIR: 'it is a folder' };
    throw new UsageError(`cannot write ${file}: ${reasons[String(code)] ?? String(error)}`, 'name another file');
  }
}
