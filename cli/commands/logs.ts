import { readFile } from 'node:fs/promises';
import { nearest } from '../../model/document/nearest.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';
import { backendNamed } from '../stack.ts';
import { UsageError } from '../../api/usage-error.ts';

/** `shop-plan logs [process]` */
export async function logsCommand(
  { terminal }: Context,
  id: string | undefined,
  options: { name: string; backend: string; lines: number },
): Promise<ExitCode> {
  const backend = backendNamed(options.backend);
  const status = await backend.status(options.name);
  if (!status) throw new UsageError(`no stack \`${options.name}\` is up`, 'start one with `shop-plan up`');
  const all = status.stack.processes;
  const wanted = id === undefined ? all : all.filter((process) => process.id === id);
  if (wanted.length === 0) {
    const near = nearest(
      id ?? '',
      all.map((process) => process.id),
    );
    throw new UsageError(
      `no process is called \`${id}\``,
      near ? `did you mean \`${near}\`?` : `processes: ${all.map((process) => process.id).join(', ')}`,
    );
  }
  for (const process of wanted) {
    const text =
      'logs' in backend
        ? await backend.logs(options.name, process.id, options.lines)
        : await readFile(process.log, 'utf8').catch(() => '');
    const lines = text.trimEnd().split('\n').slice(-options.lines);
    if (wanted.length > 1) terminal.out(`${terminal.style.strong(`== ${process.id}`)}\n`);
    terminal.out(text === '' ? '(nothing)\n' : `${lines.join('\n')}\n`);
  }
  return EXIT.ok;
}
