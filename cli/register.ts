import type { Command } from 'commander';
import type { Context } from './context.ts';
import type { ExitCode } from './exit-code.ts';

/** Adds commands to the command line. Each loads what it runs when it is called, so that others start without it. */
export type Register = (root: Command, context: Context, done: (code: ExitCode) => void) => void;
