import { mkdir } from 'node:fs/promises';
import { writeFeed } from '../../seed/feeds.ts';
import { makeTargets, makeUrls } from './urls.ts';

/**
 * Writes what a load generator draws from, each as TSV with a header row and readable by its owner only: urls.tsv in order of
 * popularity, and targets.tsv, addresses to be shortened.
 */
export async function writeShortenerFeeds(
  folder: string,
  { seed, urls }: { seed: number; urls: number },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const codes = Array.from(makeUrls(seed, urls), ({ code }) => code);
  await writeFeed(folder, 'urls.tsv', 'code', codes);
  await writeFeed(folder, 'targets.tsv', 'address', makeTargets(seed));
}
