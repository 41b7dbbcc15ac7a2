import { setTimeout as delay } from 'node:timers/promises';
import { compareStock } from '../../model/consistency/compare-stock.ts';
import type { StockAccount, StockFindings } from '../../model/consistency/compare-stock.ts';
import type { ObservedEvent } from '../../model/observation/observation.ts';
import { scenarioDuration_s } from '../../model/scenario/scenario.ts';
import type { Check, Findings, Site } from '../instruments.ts';
import { FAILOVER_MS, primariesOf } from './primary.ts';
import { readStock } from './stock/read-stock.ts';

/** Where orders and stock are two services', what one has told the other arrives a little later. */
const SETTLE_MS = 20_000;
const AGAIN_MS = 1_000;
const NAMED_MAX = 5;

/** Holds what is sold, reserved and left of every product against what there was. */
export const stock: Check = {
  name: 'stock',
  title: 'whether of every product exactly those are gone that somebody has',
  classes: [],
  counters: ['stock.oversold', 'stock.mismatched', 'stock.products'],
  async run(site, signal) {
    try {
      return findingsOf(site, await settled(site, signal));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      return { incompleteBecause: `the stock could not be read: ${why}` };
    }
  },
};

/** Reads until all adds up, or it has had its time. One database is read from one snapshot and needs none. */
async function settled(site: Site, signal: AbortSignal): Promise<StockFindings> {
  const databases = primariesOf(site);
  const several = Object.keys(databases).length > 1;
  const end_ms = performance.now() + (several ? SETTLE_MS : 0);
  for (;;) {
    const patience = { deadline_ms: FAILOVER_MS, signal };
    const found = compareStock(await readStock(databases, site.stack.feeds_dir, patience));
    if (found.mismatched.length === 0 || signal.aborted || performance.now() > end_ms) return found;
    await delay(AGAIN_MS, undefined, { signal });
  }
}

function findingsOf({ scenario }: Site, { products, oversold, mismatched }: StockFindings): Findings {
  const at_s = scenarioDuration_s(scenario);
  const odd = [...new Set([...oversold, ...mismatched])].slice(0, NAMED_MAX);
  return {
    counters: {
      'stock.products': products,
      'stock.oversold': oversold.length,
      'stock.mismatched': mismatched.length,
    },
    events: odd.map((account): ObservedEvent => ({ at_s, kind: 'stock-mismatch', detail: accountText(account) })),
  };
}

function accountText({ product, seeded, sold, reserved, left }: StockAccount): string {
  return `of product ${product} there were ${seeded}, and ${sold} sold + ${reserved} reserved + ${left} left are there`;
}
