import { parseArgs } from 'node:util';
import { z } from 'zod';
import { writeFeeds } from './seed/feeds.ts';
import { SERVICES } from './schema/parts.ts';
import { loadShop } from './seed/load.ts';
import { BCRYPT_COST, DATABASE_URL, JWT_SECRET, readEnvironment, SettingsError } from './settings.ts';

const USAGE = `Loads a reproducible shop into DATABASE_URL and writes the feeds of a load generator.

  node reference-app/seed.ts --products 100000 --users 10000 --seed 42 --feeds ./feeds

  --products N   products to make (default 100000)
  --users N      users to make (default 10000)
  --seed N       same seed, same shop (default 42)
  --feeds DIR    where products.tsv, queries.tsv and users.tsv go

  DATABASE_URL, JWT_SECRET (signs the users' tokens), BCRYPT_COST (default 10)
  SERVICE        loads the tables of one service only, and writes the feeds that it can (default shop: all)
`;

const whole = (from: number, to: number, otherwise: number) =>
  z.coerce.number<string>().int().min(from).max(to).default(otherwise);
const options = z.object({
  products: whole(1, 5_000_000, 100_000),
  users: whole(1, 1_000_000, 10_000),
  seed: whole(0, Number.MAX_SAFE_INTEGER - 10, 42),
  feeds: z.string('is required').min(1),
});
const environment = z.object({ DATABASE_URL, JWT_SECRET, BCRYPT_COST, SERVICE: z.enum(SERVICES).default('shop') });

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));

/** Exit codes: 0 done, 2 wrong usage, 3 the database or the disk failed. */
async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const started_ms = performance.now();
  try {
    const plan = readPlan(args);
    const { seed, products, users, SERVICE: service } = plan;
    const outcome = await loadShop(plan.DATABASE_URL, { seed, products, users, bcryptCost: plan.BCRYPT_COST, service });
    await writeFeeds(plan.feeds, { seed, products, users, jwtSecret: plan.JWT_SECRET, service });
    const took_s = ((performance.now() - started_ms) / 1_000).toFixed(1);
    process.stderr.write(
      `seed: ${outcome} ${products} products and ${users} users of seed ${seed} in ${took_s} s${service === 'shop' ? '' : `, the ${service} service's part`}\n`,
    );
    return 0;
  } catch (error) {
    process.stderr.write(`seed: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof SettingsError ? 2 : 3;
  }
}

function readPlan(args: string[]) {
  const given = readArguments(args);
  return { ...readEnvironment(options, given), ...readEnvironment(environment, process.env) };
}

function readArguments(args: string[]): Record<string, string | undefined> {
  try {
    const text = { type: 'string' } as const;
    return { ...parseArgs({ args, options: { products: text, users: text, seed: text, feeds: text } }).values };
  } catch (error) {
    // parseArgs throws a TypeError whose message names the argument.
    throw new SettingsError([error instanceof Error ? error.message : String(error)]);
  }
}
