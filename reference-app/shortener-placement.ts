import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { whole } from './seed/arguments.ts';
import { readEnvironment, SettingsError } from './settings.ts';
import { placementOf, SHARDINGS } from './shortener/placement.ts';

const USAGE = `Tells which shard codes would belong to if there were so many.

  node reference-app/shortener-placement.ts --shards 5 --sharding modulo < codes

  --shards N     how many shards (default 1)
  --sharding S   consistent-hash (default) or modulo

A code a line on standard input; the number of its shard, from 0, on standard output.
`;

const options = z.object({
  shards: whole(1, 1_000, 1),
  sharding: z.enum(SHARDINGS).default('consistent-hash'),
});

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));

/** Exit codes: 0 done, 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  try {
    const { shards, sharding } = readEnvironment(options, readArguments(args));
    const placement = placementOf(sharding, shards);
    const lines: string[] = [];
    for await (const code of createInterface({ input: process.stdin })) lines.push(`${placement(code)}\n`);
    process.stdout.write(lines.join(''));
    return 0;
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    process.stderr.write(`placement: ${error.message}\n`);
    return 2;
  }
}

function readArguments(args: string[]): Record<string, string | undefined> {
  try {
    const text = { type: 'string' } as const;
    return { ...parseArgs({ args, options: { shards: text, sharding: text } }).values };
  } catch (error) {
    // parseArgs throws a TypeError whose message names the argument.
    throw new SettingsError([error instanceof Error ? error.message : String(error)]);
  }
}
