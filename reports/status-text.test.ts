import { expect, test } from 'vitest';
import { statusText } from './status-text.ts';
import type { StatusRow } from './status-text.ts';
import { plainStyle } from './style.ts';

const row: StatusRow = {
  id: 'replicas-1',
  tier: 'replicas',
  role: 'replica',
  port: 24_000,
  pid: 7,
  alive: true,
  healthy: true,
  detail: 'replica, 2048 bytes behind',
  memory_bytes: 1_000_000,
  cpu_s: 1,
};

test('a replica tells how far it is behind, a process that is unwell or gone why', () => {
  const rows = [
    { ...row, lag_bytes: 2_048 },
    { ...row, id: 'app-1', role: 'order' },
    { ...row, id: 'app-2', role: 'order', healthy: false, detail: 'answered 503' },
    { ...row, id: 'app-3', role: 'order', alive: false, detail: 'not running' },
  ];
  const lines = statusText(rows, { style: plainStyle, width: 120 }).trim().split('\n').slice(-4);
  expect(lines.map((line) => line.replace(/.* s {2}/, '').trim())).toEqual([
    'well, 2.048 KB behind',
    'well',
    'unwell: answered 503',
    'gone: not running',
  ]);
});

test('processes of a tier stand together, within the width', () => {
  const rows = [
    { ...row, id: 'app-1', tier: 'app' },
    { ...row, id: 'notification-workers-1', tier: 'notification-workers' },
    { ...row, id: 'app-1-green', tier: 'app', role: 'waiting' },
  ];
  const lines = statusText(rows, { style: plainStyle, width: 80 }).trim().split('\n');
  expect(lines.slice(2).map((line) => line.split(' ')[0])).toEqual(['app-1', 'app-1-green', 'notification-workers-1']);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('names stay whole where lines are short', () => {
  const rows = [{ ...row, id: 'recommendation-service-1', role: 'recommendation' }];
  expect(statusText(rows, { style: plainStyle, width: 80 })).toContain('recommendation-service-1  recommendation');
});
