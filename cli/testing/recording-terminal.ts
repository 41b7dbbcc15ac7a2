import { plainStyle } from '../../reports/style.ts';
import type { Terminal } from '../terminal.ts';

/** A terminal in memory: what it shows in place, and its messages. */
export function recordingTerminal(isLive: boolean): { terminal: Terminal; live: string[][]; messages: string[] } {
  const live: string[][] = [];
  const messages: string[] = [];
  const ignore = (): void => {};
  const terminal: Terminal = {
    format: 'text',
    json: false,
    style: plainStyle,
    errStyle: plainStyle,
    width: 80,
    isLive,
    out: ignore,
    printJson: ignore,
    err: ignore,
    aside: ignore,
    message: (text) => messages.push(text),
    progress: (...lines) => live.push([...lines]),
  };
  return { terminal, live, messages };
}
