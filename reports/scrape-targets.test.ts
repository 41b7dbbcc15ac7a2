import { expect, test } from 'vitest';
import { scrapeTargets } from './scrape-targets.ts';

test('processes with metrics, by their ids; not those without, nor with a page in another format', () => {
  const processes = [
    { id: 'app-1', tier: 'app', metrics_url: 'http://127.0.0.1:24001/metrics' },
    { id: 'load-balancer-1', tier: 'load-balancer', metrics_url: 'http://127.0.0.1:24002/status' },
    { id: 'database-1', tier: 'database' },
  ];
  expect(scrapeTargets('shop', processes)).toEqual([
    { targets: ['127.0.0.1:24001'], labels: { instance: 'app-1', tier: 'app', stack: 'shop' } },
  ]);
});
