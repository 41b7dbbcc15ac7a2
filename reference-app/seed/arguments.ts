import { parseArgs } from 'node:util';
import { z } from 'zod';
import { SettingsError } from '../settings.ts';

/** A whole number as an argument. */
export const whole = (from: number, to: number, otherwise: number) =>
  z.coerce.number<string>().int().min(from).max(to).default(otherwise);

/** The arguments that every seeder takes, as text. Throws a `SettingsError` for those that none takes. */
export function readArguments(args: string[]): Record<string, string | undefined> {
  try {
    const text = { type: 'string' } as const;
    return { ...parseArgs({ args, options: { products: text, users: text, seed: text, feeds: text } }).values };
  } catch (error) {
    // parseArgs throws a TypeError whose message names the argument.
    throw new SettingsError([error instanceof Error ? error.message : String(error)]);
  }
}
