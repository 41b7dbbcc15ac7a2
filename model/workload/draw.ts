import { createRandom, type Random } from '../random/random.ts';
import { checkWorkload } from './check-workload.ts';
import { pickByWeight } from './pick.ts';
import { cellsOf, parseTemplate } from './template.ts';
import type { Feed, RequestTemplate, Workload } from './workload.ts';
import { pickByZipf } from './zipf.ts';

/** One drawn request: its class, and per feed (in the order of `feedNames`) the row, or -1 where it uses none. */
export interface Drawn {
  readonly class_index: number;
  readonly rows: Int32Array;
}

export interface Drawer {
  readonly feedNames: readonly string[];
  /** Draws the next request. The result is overwritten by the next call. */
  next(): Drawn;
}

/**
 * Draws requests from a workload: the class by its share, then one row of every feed that the class uses. The sequence
 * depends on workload and seed alone, not on what becomes of the requests. Throws a `WorkloadError` listing everything
 * wrong with the workload.
 */
export function createDrawer(workload: Workload, seed: number): Drawer {
  checkWorkload(workload);
  const feedNames = Object.keys(workload.feeds);
  const random = createRandom(seed, 'classes');
  const pickClass = pickByWeight(Float64Array.from(workload.classes, (template) => template.share));
  const pickRow = rowPickers(workload, seed);
  const used = workload.classes.map((template) => feedsUsed([template], feedNames));
  const drawn = { class_index: 0, rows: new Int32Array(feedNames.length).fill(-1) };
  return {
    feedNames,
    next() {
      drawn.class_index = pickClass(random.uniform());
      drawn.rows.fill(-1);
      for (const feed of used[drawn.class_index] ?? []) drawn.rows[feed] = pickRow[feed]?.() ?? -1;
      return drawn;
    },
  };
}

/** One for each feed, each with a stream of its own. */
export function rowPickers({ feeds }: Workload, seed: number): (() => number)[] {
  return Object.entries(feeds).map(([name, feed]) => rowPicker(feed, createRandom(seed, `feed:${name}`)));
}

function rowPicker(feed: Feed, random: Random): () => number {
  const rows = feed.rows.length;
  if (feed.pick === 'zipf') {
    const pick = pickByZipf(rows, feed.exponent ?? 0);
    return () => pick(random.uniform());
  }
  if (feed.pick === 'sequential') {
    let next = 0;
    return () => next++ % rows;
  }
  return () => random.below(rows);
}

/** Indices of the feeds that one of the requests draws from. */
export function feedsUsed(templates: readonly RequestTemplate[], feedNames: readonly string[]): number[] {
  const texts = templates.flatMap(({ path, headers, body = '' }) => [path, ...Object.values(headers), body]);
  const names = new Set(texts.flatMap((text) => cellsOf(parseTemplate(text)).map((cell) => cell.feed)));
  return feedNames.flatMap((name, i) => (names.has(name) ? [i] : []));
}
