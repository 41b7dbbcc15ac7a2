import { scrapeTargets } from '../../reports/scrape-targets.ts';
import { statusText } from '../../reports/status-text.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';
import { backendNamed } from '../stack.ts';

/** `shop-plan status`: exit code 3 when a process of the stack is missing or unwell. */
export async function statusCommand(
  { terminal }: Context,
  options: { name: string; backend: string; targets?: true },
): Promise<ExitCode> {
  const status = await backendNamed(options.backend).status(options.name);
  const rows = (status?.processes ?? []).map((process) => {
    const entry = status?.stack.processes.find(({ id }) => id === process.id);
    return {
      ...process,
      tier: entry?.tier ?? '',
      // What a node is at this moment says more than what was started.
      role: process.role ?? entry?.role ?? '',
      port: entry?.port ?? 0,
      pid: entry?.pid ?? 0,
    };
  });
  if (options.targets) terminal.printJson(scrapeTargets(options.name, status?.stack.processes ?? []));
  else if (terminal.json)
    terminal.printJson({ formatVersion: 1, name: options.name, up: status !== null, processes: rows });
  else if (status === null) terminal.out(`no stack \`${options.name}\` is up\n`);
  else {
    terminal.out(`step ${status.stack.step} of ${status.stack.plan} at ${status.stack.base_url}\n`);
    terminal.out(statusText(rows, { style: terminal.style, width: terminal.width }));
  }
  return rows.every((process) => process.alive && process.healthy) ? EXIT.ok : EXIT.machine;
}
