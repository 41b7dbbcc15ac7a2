import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { Look, Stretch } from './read-ansi.ts';
import { readAnsi } from './read-ansi.ts';

const MAIN = join(import.meta.dirname, '../../cli/shop-plan.js');
const PROMPT: Look = { colour: 'faint', bold: false };
const TYPED: Look = { colour: 'ink', bold: true };

/** Lines of a picture: of coloured text, each with its stretches. */
export type Lines = readonly (readonly Stretch[])[];

/** Stands for lines that were left out. */
export const CUT: readonly Stretch[] = [{ ...PROMPT, text: '…' }];

/** What is typed, and the environment besides. */
export interface Given {
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a command of ours prints on a colour terminal with so many columns, its questions included. */
export async function outputOf(
  command: readonly string[],
  columns: number,
  { input = '', env = {} }: Given = {},
): Promise<string> {
  const { NO_COLOR: _refused, GITHUB_ACTIONS: _annotated, ...own } = process.env;
  // One pipe for both streams keeps their order.
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, MAIN, ...command], {
    env: { ...own, FORCE_COLOR: '1', COLUMNS: String(columns), ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(input);
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return output.trimEnd();
}

/** A command as it was typed, and the lines of its output that `keep` chooses, with `…` where some were left out. */
export async function shotOf(
  command: readonly string[],
  columns: number,
  keep: (line: string, index: number) => boolean = () => true,
): Promise<Lines> {
  const all = readAnsi(await outputOf(command, columns));
  const kept = all.map((line, index) => keep(plain(line), index));
  const shown = all.flatMap((line, index) => (kept[index] ? [line] : kept[index - 1] !== false ? [CUT] : []));
  return [typed(command), ...shown];
}

/** The line on which a command was typed. */
export function typed(command: readonly string[]): readonly Stretch[] {
  const words = command.map((word) => (/^[\w./:=,%-]+$/.test(word) ? word : `'${word}'`));
  return [
    { ...PROMPT, text: '$ ' },
    { ...TYPED, text: ['shop-plan', ...words].join(' ') },
  ];
}

/** A line without its colours. */
export function plain(line: readonly Stretch[]): string {
  return line.map((stretch) => stretch.text).join('');
}

/** Keeps paragraphs, lines up to the next empty one, that begin with one of these. */
export function paragraphs(...beginnings: readonly RegExp[]): (line: string) => boolean {
  let isBeginning = true;
  let isKept = false;
  return (line) => {
    if (isBeginning) isKept = beginnings.some((beginning) => beginning.test(line));
    isBeginning = line.trim() === '';
    return isKept;
  };
}
