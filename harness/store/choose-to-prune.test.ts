import { describe, expect, test } from 'vitest';
import { chooseToPrune } from './choose-to-prune.ts';

const RUNS = [
  { run: 'a', when_ms: 1, size_bytes: 100 },
  { run: 'b', when_ms: 2, size_bytes: 100, neededBy: 'ledger-shop.json' },
  { run: 'c', when_ms: 3, size_bytes: 100 },
  { run: 'd', when_ms: 4, size_bytes: 100 },
];

function chosen(limits: Parameters<typeof chooseToPrune>[1]): { gone: string[]; spared: string[] } {
  const { gone, spared } = chooseToPrune(RUNS, limits);
  return { gone: gone.map(({ run }) => run), spared: spared.map(({ run }) => run) };
}

describe('what goes, the oldest first', () => {
  test.each([
    ['nothing without a limit', {}, [], []],
    ['nothing within all of them', { keep: 4, since_ms: 1, size_bytes: 400 }, [], []],
    ['what is beyond the number', { keep: 3 }, ['a'], []],
    ['what is older', { since_ms: 4 }, ['a', 'c'], ['b']],
    ['what is too much', { size_bytes: 399 }, ['a'], []],
    ['what is beyond one of them', { keep: 3, since_ms: 3 }, ['a'], ['b']],
    ['all that nothing refers to', { keep: 0 }, ['a', 'c', 'd'], ['b']],
  ])('%s', (_, limits, gone, spared) => {
    expect(chosen(limits)).toEqual({ gone, spared });
  });
});
