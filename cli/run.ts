import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { EXIT } from './exit-code.ts';
import type { ExitCode } from './exit-code.ts';
import { explainFailure } from './failure.ts';
import { program } from './program.ts';
import { FORMATS, openTerminal } from './terminal.ts';
import type { Format, Terminal } from './terminal.ts';

/** Carries out one command line and returns the exit code; nothing below it ends the process. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  const terminal = await openTerminal(process, formatAsked(argv));
  const stop = new AbortController();
  const interrupts = listenForInterrupts(stop, terminal);
  let code: ExitCode = EXIT.ok;
  try {
    const commands = program({ terminal, signal: stop.signal }, (result) => {
      code = result;
    });
    forEachCommand(commands, (command) => {
      command.exitOverride();
      command.configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
    });
    await commands.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) code = error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    else code = await explainFailure(error, terminal);
  } finally {
    interrupts.close();
  }
  return stop.signal.aborted ? EXIT.interrupted : code;
}

/** Known before the command line is read, so that its errors come in the format, too. */
function formatAsked(argv: readonly string[]): Format {
  if (argv.includes('--json')) return 'json';
  const at = argv.findIndex((argument) => argument === '--format' || argument.startsWith('--format='));
  const asked = argv[at]?.split('=')[1] ?? argv[at + 1];
  return (at >= 0 && FORMATS.find((format) => format === asked)) || 'text';
}

function forEachCommand(command: Command, apply: (command: Command) => void): void {
  apply(command);
  for (const child of command.commands) forEachCommand(child, apply);
}

/** One Ctrl-C may come twice: from the terminal, and passed on by the Node that has started this one. */
const ONE_INTERRUPT_MS = 200;
/** What stops within this time needs no word about it. */
const AT_ONCE_MS = 150;

function listenForInterrupts(stop: AbortController, terminal: Terminal): { close(): void } {
  let first_ms = 0;
  let news: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    if (stop.signal.aborted) {
      if (performance.now() - first_ms > ONE_INTERRUPT_MS) process.exit(EXIT.interrupted);
      return;
    }
    first_ms = performance.now();
    const message = 'stopping; press Ctrl-C again to leave at once (the next `shop-plan down` cleans up)';
    news = setTimeout(() => terminal.message(message), AT_ONCE_MS);
    stop.abort(new Error('interrupted'));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
  return {
    close: () => {
      clearTimeout(news);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt).off('SIGHUP', interrupt);
    },
  };
}
