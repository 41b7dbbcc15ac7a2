import { cleanLeftovers, examine } from '../../infra/doctor.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';

const SYMBOL = { ok: '✓', warning: '!', missing: '✗' } as const;

/** `shop-plan doctor`: exit code 3 when something is missing or something could not be cleaned. */
export async function doctorCommand({ terminal }: Context, options: { dryRun?: true }): Promise<ExitCode> {
  const { cleaned, left } = options.dryRun ? { cleaned: [], left: [] } : await cleanLeftovers();
  const facts = examine();
  if (terminal.json) terminal.printJson({ formatVersion: 1, facts, cleaned, left });
  else {
    const { style } = terminal;
    const colour = { ok: style.good, warning: style.warn, missing: style.bad };
    for (const { name, status, detail, help } of facts) {
      terminal.out(`${colour[status](`${SYMBOL[status]} ${name.padEnd(14)}`)} ${detail}\n`);
      if (help !== '') terminal.out(`  ${' '.repeat(14)} = help: ${help}\n`);
    }
    for (const what of cleaned) terminal.out(`cleaned up: ${what}\n`);
    for (const what of left) terminal.message(`could not clean up: ${what}`);
  }
  return left.length > 0 || facts.some((fact) => fact.status === 'missing') ? EXIT.machine : EXIT.ok;
}
