import { z } from 'zod';
import { readArguments, whole } from './seed/arguments.ts';
import { readEnvironment, SettingsError } from './settings.ts';
import { shardEnvironment } from './shortener/settings.ts';
import { writeShortenerFeeds } from './shortener/seed/feeds.ts';
import { loadShards } from './shortener/seed/load.ts';

const USAGE = `Loads reproducible short URLs into the shards of DATABASE_URL and writes the feeds of a load generator.

  node reference-app/shortener-seed.ts --products 100000 --seed 42 --feeds ./feeds

  --products N   URLs to make (default 100000)
  --users N      taken and not used: there are no users
  --seed N       same seed, same URLs (default 42)
  --feeds DIR    where urls.tsv and targets.tsv go

  DATABASE_URL (one, or a comma between each shard and the next), SHARDING (consistent-hash or modulo)
`;

const options = z.object({
  products: whole(1, 5_000_000, 100_000),
  users: whole(0, 1_000_000, 0),
  seed: whole(0, Number.MAX_SAFE_INTEGER - 10, 42),
  feeds: z.string('is required').min(1),
});

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));

/** Exit codes: 0 done, 2 wrong usage, 3 a database or the disk failed. */
async function main(args: string[]): Promise<number> {
  if (args.includes('--help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const started_ms = performance.now();
  try {
    const { products: urls, seed, feeds } = readEnvironment(options, readArguments(args));
    const { DATABASE_URL: shards, SHARDING: sharding } = readEnvironment(shardEnvironment, process.env);
    const loaded = await loadShards(shards, { seed, urls, sharding });
    await writeShortenerFeeds(feeds, { seed, urls });
    const took_s = ((performance.now() - started_ms) / 1_000).toFixed(1);
    const skipped = shards.length - loaded;
    process.stderr.write(
      `seed: ${urls} URLs of seed ${seed} in ${took_s} s: ${loaded} shards loaded, ${skipped} skipped\n`,
    );
    return 0;
  } catch (error) {
    process.stderr.write(`seed: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof SettingsError ? 2 : 3;
  }
}
