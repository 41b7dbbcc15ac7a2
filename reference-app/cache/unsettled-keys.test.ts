import { expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { UnsettledKeys } from './unsettled-keys.ts';

test('keys are deleted when the cache is back, and kept until then', async () => {
  let away = true;
  const deleted: string[] = [];
  const keys = new UnsettledKeys(async (key) => {
    if (away) throw new Error('away');
    deleted.push(key);
  }, 5);
  keys.add('a');
  keys.add('b');
  keys.add('a');
  keys.retrySoon();
  expect(keys.size).toBe(2);
  away = false;
  await until(() => keys.size === 0);
  expect(deleted.toSorted()).toEqual(['a', 'b']);
  keys.stop();
});

test('their number is bounded', () => {
  const keys = new UnsettledKeys(() => Promise.resolve(), 1_000, 2);
  for (const key of ['a', 'b', 'c']) keys.add(key);
  expect(keys.size).toBe(2);
  keys.stop();
});
