import { expect, test } from 'vitest';
import { statusText } from './status-text.ts';
import type { StatusRow } from './status-text.ts';
import { plainStyle } from './style.ts';

const row = (id: string, tier: string, over: Partial<StatusRow> = {}): StatusRow => ({
  id,
  tier,
  role: 'postgres',
  port: 24_000,
  pid: 1_234,
  alive: true,
  healthy: true,
  detail: 'answers',
  memory_bytes: 12_300_000,
  cpu_s: 1.5,
  ...over,
});

test('processes of a tier stand together, with what each is now and how far it is behind', () => {
  const rows = [
    row('database-1', 'database', { state: 'primary' }),
    row('app-1', 'app', { role: 'app' }),
    row('replicas-1', 'replicas', { state: 'replica', lag_bytes: 16_400 }),
    row('app-1-green', 'app', { role: 'app', state: 'waiting' }),
    row('replicas-2', 'replicas', { alive: false, healthy: false, detail: 'not running' }),
  ];
  const lines = statusText(rows, { style: plainStyle, width: 80 }).trimEnd().split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines.slice(2).map((line) => line.split(/ {2,}/))).toEqual([
    ['database-1', 'primary', '24000', '1234', '12.3 MB', '1.5 s', 'well'],
    ['app-1', 'app', '24000', '1234', '12.3 MB', '1.5 s', 'well'],
    ['app-1-green', 'waiting', '24000', '1234', '12.3 MB', '1.5 s', 'well'],
    ['replicas-1', 'replica', '24000', '1234', '12.3 MB', '1.5 s', 'well, 16.4 KB behind'],
    ['replicas-2', 'postgres', '24000', '1234', '12.3 MB', '1.5 s', 'gone: not running'],
  ]);
});
