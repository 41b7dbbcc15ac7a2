import type { Style } from '../reports/style.ts';
import { plainStyle } from '../reports/style.ts';
import { EXIT } from './exit-code.ts';
import { LiveLines } from './live-lines.ts';

/** Where a command writes. The only place that knows streams, colour and width. */
export interface Terminal {
  readonly format: Format;
  /** True when the result, errors included, is wanted as JSON. */
  readonly json: boolean;
  /** Style for standard output. */
  readonly style: Style;
  /** Style for standard error. */
  readonly errStyle: Style;
  /** Columns that standard output has; 100 when it is no terminal. */
  readonly width: number;
  /** Writes the result. */
  readonly out: (text: string) => void;
  readonly printJson: (value: unknown) => void;
  /** Writes to standard error as it is. */
  readonly err: (text: string) => void;
  /** One line of news on standard error. */
  readonly message: (text: string) => void;
  /** One line of news for whoever watches; nothing where standard error is no terminal. */
  readonly aside: (text: string) => void;
  /** Whether standard error can show lines that the next ones replace. */
  readonly isLive: boolean;
  /** Shows lines that the next ones replace; nothing where standard error cannot. */
  readonly progress: (...lines: readonly string[]) => void;
}

export const FORMATS = ['text', 'json', 'yaml', 'csv', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly env: NodeJS.ProcessEnv;
}

const DEFAULT_WIDTH = 100;

export async function openTerminal({ stdout, stderr, env }: Streams, format: Format): Promise<Terminal> {
  // A reader that leaves early (`| head`) is no error, nor is a terminal that is closed.
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE' || (error.code === 'EIO' && stream.isTTY)) process.exit();
      if (stream === stdout) stderr.write(`error: the result cannot be written: ${error.message}\n`);
      process.exit(EXIT.machine);
    });
  }
  const isLive = stderr.isTTY === true && env['TERM'] !== 'dumb';
  const lines = new LiveLines(stderr);
  const clear = (): void => lines.clear();
  // However the process ends: what was shown for the moment does not stay.
  process.once('exit', clear);
  const err = (text: string): void => {
    clear();
    stderr.write(text);
  };
  return {
    format,
    json: format === 'json',
    style: await styleFor(stdout, env),
    errStyle: await styleFor(stderr, env),
    width: widthOf(stdout, env),
    out: (text) => {
      clear();
      stdout.write(text);
    },
    printJson: (value) => {
      clear();
      stdout.write(`${JSON.stringify(value, null, 2)}\n`);
    },
    err,
    message: (text) => err(`${text}\n`),
    aside: (text) => {
      if (stderr.isTTY) err(`${text}\n`);
    },
    isLive,
    progress: (...shown) => {
      if (isLive) lines.draw(shown);
    },
  };
}

/** Colour on a terminal, unless NO_COLOR is set (no-color.org); FORCE_COLOR wins over both. */
async function styleFor(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv): Promise<Style> {
  const forced = !['', '0', 'false'].includes(env['FORCE_COLOR'] ?? '');
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb' || env['FORCE_COLOR'] === '0';
  if (!forced && (refused || !stream.isTTY)) return plainStyle;
  const { Chalk } = await import('chalk');
  const chalk = new Chalk({ level: 1 });
  return {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    dim: chalk.dim,
    strong: chalk.bold,
    accent: chalk.cyan,
  };
}

function widthOf(stdout: NodeJS.WriteStream, env: NodeJS.ProcessEnv): number {
  const asked = Number(env['COLUMNS']);
  // A terminal that does not know its size says 0.
  if (stdout.isTTY && stdout.columns > 0) return stdout.columns;
  return Number.isInteger(asked) && asked >= 40 ? asked : DEFAULT_WIDTH;
}
