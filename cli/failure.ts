import { isDiskFull } from '../infra/local/full-disk.ts';
import { InvalidInput } from '../model/document/diagnostic.ts';
import { wrapUnder } from '../reports/text-width.ts';
import { EXIT } from './exit-code.ts';
import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

const USAGE_ERRORS = ['UsageError', 'UnreadableFile'];
const MACHINE_ERRORS = ['StackError', 'RunError', 'EngineError'];

/** Says what went wrong, once, where a person or a program looks for it, and gives the exit code for it. */
export async function explainFailure(error: unknown, terminal: Terminal): Promise<ExitCode> {
  if (error instanceof InvalidInput) {
    const { renderDiagnostics } = await import('../reports/diagnostics-text.ts');
    const [first] = error.diagnostics;
    if (terminal.json) terminal.printJson({ formatVersion: 1, errors: error.diagnostics });
    else
      terminal.err(
        `${renderDiagnostics(error.diagnostics, error.source, first?.path ?? '', terminal.errStyle, { width: terminal.width, tail: 'nothing was done' })}`,
      );
    return EXIT.usage;
  }
  if (!(error instanceof Error)) throw error;
  const isFull = isDiskFull(error);
  const ownHelp = 'help' in error && typeof error.help === 'string' ? error.help : '';
  const help = isFull ? 'free some space, or set TMPDIR to another disk' : ownHelp;
  const isUsage = USAGE_ERRORS.includes(error.name);
  const isKnown = isUsage || isFull || MACHINE_ERRORS.includes(error.name);
  const code = isUsage ? EXIT.usage : EXIT.machine;
  const message = isKnown ? error.message : `this is a bug in shop-plan: ${error.stack ?? error.message}`;
  if (terminal.json) terminal.printJson({ formatVersion: 1, errors: [{ code: error.name, message, help }] });
  else if (terminal.isLive && isKnown && !`${message}${help}`.includes('\n'))
    terminal.err(wrapped(terminal, message, help));
  else terminal.err(`${terminal.errStyle.bad('error')}: ${message}\n${help === '' ? '' : `  = help: ${help}\n`}`);
  return code;
}

/** In lines that the terminal does not have to break; elsewhere a message is one line, for programs that look for it. */
function wrapped({ errStyle, width }: Terminal, message: string, help: string): string {
  const says = wrapUnder(`${errStyle.bad('error')}: `, message, width);
  return `${says}\n${help === '' ? '' : `${wrapUnder('  = help: ', help, width)}\n`}`;
}
