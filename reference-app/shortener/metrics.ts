import type { Registry } from 'prom-client';
import { Counts, createRegistry, registerLabelled, type Gauges } from '../metrics/metrics.ts';

/** What the URL shortener counts besides. */
export class ShortenerCounts extends Counts {
  urlsMade = 0;
  /** Codes that were drawn and taken already. */
  codeCollisions = 0;
}

/** The counts as Prometheus metrics, under the names that the shop's have: who reads those reads these. */
export function createShortenerRegistry(counts: ShortenerCounts, gauges: Gauges, processMetrics: boolean): Registry {
  const registry = createRegistry(counts, gauges, processMetrics);
  registerLabelled(registry, 'shop_urls_made_total', 'Short URLs committed', [], () => [[{}, counts.urlsMade]]);
  registerLabelled(registry, 'shop_code_collisions_total', 'Codes drawn that were taken', [], () => [
    [{}, counts.codeCollisions],
  ]);
  return registry;
}
