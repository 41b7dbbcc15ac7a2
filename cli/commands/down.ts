import { cleanUp } from '../clean-up.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';
import { backendNamed } from '../stack.ts';

/** `shop-plan down` */
export async function downCommand(
  { terminal }: Context,
  options: { name: string; backend: string; purge?: true },
): Promise<ExitCode> {
  const backend = backendNamed(options.backend);
  if (options.backend === 'local') await cleanUp(terminal);
  const report = await backend.down(options.name, { purge: options.purge === true });
  if (terminal.json) terminal.printJson({ formatVersion: 1, name: options.name, ...report });
  else {
    const stopped =
      report.stopped.length === 0
        ? `nothing of \`${options.name}\` was running`
        : `stopped ${report.stopped.join(', ')}`;
    terminal.out(`${stopped}${options.purge && report.left.length === 0 ? '; its data are gone' : ''}\n`);
    for (const left of report.left) terminal.message(`still there: ${left}`);
  }
  return report.left.length === 0 ? EXIT.ok : EXIT.machine;
}
