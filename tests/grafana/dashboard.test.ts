import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { classByHand, observationByHand } from '../../model/judge/observation-by-hand.ts';
import { Counts, createRegistry } from '../../reference-app/metrics/metrics.ts';
import { prometheusText } from '../../reports/prometheus-text.ts';

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly refId: string; readonly expr: string; readonly legendFormat: string }[];
}

interface Dashboard {
  readonly title: string;
  readonly uid: string;
  readonly schemaVersion: number;
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly type: string; readonly query: string }[];
  };
  readonly panels: readonly Panel[];
}

const folder = join(import.meta.dirname, '../../infra/grafana');
const DASHBOARD = JSON.parse(readFileSync(join(folder, 'shop-plan-dashboard.json'), 'utf8')) as Dashboard;
const queries = DASHBOARD.panels.flatMap(({ title, targets = [] }) => targets.map((target) => ({ title, ...target })));
/** What Prometheus adds to what it scrapes. */
const ADDED = ['instance', 'job', 'le', 'tier', 'stack'];

/** Names and labels of all metrics that the application and a run can have. */
async function exported(): Promise<Map<string, Set<string>>> {
  const registry = createRegistry(new Counts(), { poolWaiting: () => 0, poolConnections: () => 0 }, true);
  const metrics = new Map<string, Set<string>>();
  for (const metric of registry.getMetricsAsArray()) {
    // The library's types leave out what each of its metrics has.
    const { name, labelNames = [] } = metric as unknown as { name: string; labelNames?: string[] };
    metrics.set(name, new Set(labelNames));
  }
  const text = await registry.metrics();
  for (const name of metrics.keys()) expect(text).toContain(`# TYPE ${name} `);
  for (const [name, labels] of exportedByRun()) metrics.set(name, labels);
  return metrics;
}

function exportedByRun(): Map<string, Set<string>> {
  const seen = observationByHand([classByHand({ latencies: [[1000, 10]] })]);
  const tiers = [{ tier: 'app', series: [{ at_s: 1, cpu_cores: 1, memory_bytes: 1, instances: 1 }] }];
  const state = {
    scenario: 's',
    at_s: 1,
    total_s: 2,
    phase: 'p',
    rate_per_s: 1,
    target_per_s: 1,
    p95_us: 1,
    errors: 0,
  };
  const criterion = { text: 'c', metric: { kind: 'reached' }, operator: '>=', threshold: 1, unit: '' } as const;
  const verdicts = [{ criterion, status: 'PASS', because: '' }] as const;
  const text = prometheusText({
    state: { ...state, in_flight: 1, faults: ['f'], verdicts },
    observation: { ...seen, tiers },
  });
  const metrics = new Map<string, Set<string>>();
  for (const [, name = '', labels = ''] of text.matchAll(/^(shop_plan_\w+)\{(.*)\}/gm)) {
    const known = metrics.get(name) ?? new Set<string>();
    for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
    metrics.set(name, known);
  }
  return metrics;
}

/** Words of a query that are no functions, labels, or strings. */
function metricsIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\bby \([^)]*\)/g, '');
  return [...bare.matchAll(/\b[a-z_][a-z_0-9]*\b(?!\s*\()/g)]
    .map(([word]) => word)
    .filter((word) => word.includes('_'));
}

function labelsIn({ expr, legendFormat }: { expr: string; legendFormat: string }): string[] {
  const grouped = [...expr.matchAll(/by \(([^)]*)\)/g)].flatMap(([, names = '']) => names.split(/,\s*/));
  const matched = [...expr.matchAll(/\{([^}]*)\}/g)].flatMap(([, pairs = '']) => pairs.match(/\w+(?=[=!])/g) ?? []);
  const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  return [...grouped, ...matched, ...shown];
}

test('every metric that is asked for exists, with every label', async () => {
  const metrics = await exported();
  expect(queries.length).toBeGreaterThan(30);
  for (const query of queries) {
    const names = metricsIn(query.expr);
    expect([query.expr, names.length > 0]).toEqual([query.expr, true]);
    expect([query.expr, names.filter((name) => !metrics.has(name))]).toEqual([query.expr, []]);
    const labels = new Set([...ADDED, ...names.flatMap((name) => [...(metrics.get(name) ?? [])])]);
    expect([query.expr, labelsIn(query).filter((label) => !labels.has(label))]).toEqual([query.expr, []]);
  }
});

test('every metric of a run is documented', () => {
  const guide = readFileSync(join(folder, '../../docs/pipelines.md'), 'utf8');
  const names = new Set([...exportedByRun().keys()].map((name) => name.replace(/_(bucket|sum|count)$/, '')));
  expect([...names].filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
});

describe('a dashboard that Grafana can read', () => {
  const { panels, templating } = DASHBOARD;

  test('has a name, and a data source to be chosen, which every panel uses', () => {
    expect(DASHBOARD).toMatchObject({ title: 'shop-plan', uid: 'shop-plan', schemaVersion: expect.any(Number) });
    expect(templating.list.map(({ name, type, query }) => [name, type, query])).toEqual([
      ['datasource', 'datasource', 'prometheus'],
    ]);
    for (const panel of panels) if (panel.type !== 'row') expect(panel.datasource?.uid).toBe('${datasource}');
  });

  test('has panels with ids of their own, side by side', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(panels.filter(({ type }) => !['row', 'timeseries', 'table'].includes(type))).toEqual([]);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)} ${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x >= 0 && x + w <= 24)).toBe(true);
  });

  test.each(panels.filter(({ type }) => type !== 'row'))(
    '$title: queries with ids of their own, brackets closed',
    ({ targets = [] }) => {
      expect(targets.length).toBeGreaterThan(0);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
      for (const { expr } of targets)
        for (const [open, close] of ['()', '[]', '{}'].map((pair) => [...pair]))
          expect(expr.split(open ?? '').length).toBe(expr.split(close ?? '').length);
    },
  );
});

test('Prometheus is told where targets and the run are', () => {
  const { scrape_configs: jobs } = parse(readFileSync(join(folder, 'prometheus.yaml'), 'utf8')) as {
    scrape_configs: readonly { job_name: string; file_sd_configs?: unknown; static_configs?: unknown }[];
  };
  expect(jobs).toEqual([
    { job_name: 'shop-plan-stack', file_sd_configs: [{ files: ['targets.json'] }] },
    { job_name: 'shop-plan-run', static_configs: [{ targets: ['127.0.0.1:9464'] }] },
  ]);
});
