import type { Context } from '../context.ts';
import type { WalkKeyboard } from './keyboard.ts';

/** Whether single keys can be read: both ends are a terminal, and one that knows more than lines. */
function hasKeys(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY && process.env['TERM'] !== 'dumb';
}

/** The keyboard that there is. Prompts are no result, so they go to standard error. */
export async function openKeyboard({ terminal, signal }: Context): Promise<WalkKeyboard> {
  if (hasKeys()) {
    const { TerminalKeyboard } = await import('./terminal-keyboard.ts');
    // The same path as for Ctrl-C elsewhere.
    const interrupt = (): void => void process.kill(process.pid, 'SIGINT');
    return new TerminalKeyboard({ input: process.stdin, screen: process.stderr, signal, interrupt });
  }
  const { LineKeyboard } = await import('./line-keyboard.ts');
  return new LineKeyboard({ input: process.stdin, write: terminal.err, echo: !process.stdin.isTTY, signal });
}
