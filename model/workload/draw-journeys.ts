import { createRandom } from '../random/random.ts';
import { checkWorkload } from './check-workload.ts';
import { feedsUsed, rowPickers } from './draw.ts';
import { pickByWeight } from './pick.ts';
import type { Workload } from './workload.ts';

/** One drawn journey: which, a row per feed (or -1 where it uses none), and its pauses, one per step. */
export interface DrawnJourney {
  readonly index: number;
  readonly rows: Int32Array;
  readonly thinks_us: readonly number[];
}

/**
 * Draws journeys from a workload: which by its share, one row of every feed that its steps use, and its pauses. The sequence depends on
 * workload and seed alone. Throws a `WorkloadError` listing everything wrong with the workload.
 */
export function createJourneyDrawer(workload: Workload, seed: number): () => DrawnJourney {
  checkWorkload(workload);
  const { journeys = [], feeds } = workload;
  const feedNames = Object.keys(feeds);
  const random = createRandom(seed, 'journeys');
  const pauses = createRandom(seed, 'think');
  const pickJourney = pickByWeight(Float64Array.from(journeys, ({ share }) => share));
  const pickRow = rowPickers(workload, seed);
  const used = journeys.map(({ steps }) =>
    feedsUsed(
      steps.map(({ request }) => request),
      feedNames,
    ),
  );
  return () => {
    const index = pickJourney(random.uniform());
    const rows = new Int32Array(feedNames.length).fill(-1);
    for (const feed of used[index] ?? []) rows[feed] = pickRow[feed]?.() ?? -1;
    const thinks_us = (journeys[index]?.steps ?? []).map(({ think }) => {
      if (!think) return 0;
      return Math.round(think.mean_s * 1e6 * (think.exponential ? pauses.exponential() : 1));
    });
    return { index, rows, thinks_us };
  };
}
