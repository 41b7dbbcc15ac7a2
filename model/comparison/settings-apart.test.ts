import { expect, test } from 'vitest';
import type { RunSetting } from '../setting/run-setting.ts';
import { settingsApart } from './settings-apart.ts';

function setting(instances: number, settings: Record<string, string> = {}): RunSetting {
  return { name: 'Cache', entry: 'app', tiers: [{ id: 'app', kind: 'express', instances, settings }], edges: [] };
}

test('instances and settings that differ are named, others are not', () => {
  expect(settingsApart([setting(3)], [setting(3)])).toEqual([]);
  expect(settingsApart([setting(3)], [setting(2, { caching: 'false' })])).toEqual([
    '`app.caching` was not set, then false',
    '`app.instances` was 3, then 2',
  ]);
});

test('a side that is not of one piece shows it', () => {
  expect(settingsApart([setting(2), setting(3)], [setting(3)])).toEqual(['`app.instances` was 2 and 3, then 3']);
});

test('runs that do not say are left out', () => {
  expect(settingsApart([undefined], [setting(3)])).toEqual([]);
  expect(settingsApart([undefined, setting(3)], [setting(3)])).toEqual([]);
});
