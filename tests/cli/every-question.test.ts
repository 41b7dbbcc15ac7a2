import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { shopPlan } from './shop-plan.ts';

/** One call of every command that computes and starts nothing. */
const COMMANDS: readonly (readonly string[])[] = [
  ['estimate', '--full'],
  ['estimate', 'order-management', '--samples', '200'],
  ['explain', 'traffic.bandwidth.peak_with_cdn', '--samples', '200'],
  ['audit', '--full'],
  ['cost', '--samples', '200', '--full'],
  ['diff', 'amazon-shop', '--steps', '1,6'],
  ['sweep', 'users.daily_active', '--from', '1M', '--to', '20M', '--step', '2'],
  ['solve'],
  ['solve', '--load', '3x'],
  ['solve', '--for', 'app.instances', '--goal', 'utilisation.app <= 70 %', '--step', '3'],
  ['growth', 'order-management', '--full'],
  ['autoscale', '--step', '1', '--spike', 'sale'],
  ['simulate', 'moderate', '--step', '2', '--full'],
  ['scenarios'],
];

/** Columns of the widest line. */
function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => [...line].length));
}

describe.each(COMMANDS)('%s %s %s %s %s %s', (...args) => {
  // In fewer columns a table with many numbers is wider: numbers are never cut.
  it.each([100, 120])('fits %d columns', async (columns) => {
    const { code, stdout, stderr } = await shopPlan(args, { COLUMNS: String(columns) });
    expect([code, stderr]).toEqual([0, '']);
    expect(widthOf(stdout)).toBeLessThanOrEqual(columns);
  });

  it('gives the same result as JSON and YAML, which says what it is', async () => {
    const [json, yaml] = await Promise.all([shopPlan([...args, '--json']), shopPlan([...args, '--format', 'yaml'])]);
    const result: unknown = JSON.parse(json.stdout);
    expect(Object.keys(Object(result)).slice(0, 2)).toEqual(['formatVersion', 'kind']);
    expect(parse(yaml.stdout)).toEqual(result);
  });

  it('gives CSV whose rows have a field for each column, and Markdown', async () => {
    const [csv, markdown] = await Promise.all([
      shopPlan([...args, '--format', 'csv']),
      shopPlan([...args, '--format', 'markdown']),
    ]);
    expect(csv.stdout).toMatch(/^table,/);
    expect(markdown.stdout.length).toBeGreaterThan(100);
    expect([csv.code, markdown.code, csv.stderr, markdown.stderr]).toEqual([0, 0, '', '']);
  });
});
