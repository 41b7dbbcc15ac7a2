import { expect, test } from 'vitest';
import { movedShare } from './moved-share.ts';

test('counts the keys that belong elsewhere', () => {
  expect(
    movedShare(
      [1, 2, 3, 4],
      () => 'a',
      (key) => (key === 3 ? 'b' : 'a'),
    ),
  ).toBe(0.25);
  expect(
    movedShare(
      ['x'],
      () => 0,
      () => 0,
    ),
  ).toBe(0);
  expect(() =>
    movedShare(
      [],
      () => 0,
      () => 0,
    ),
  ).toThrow(RangeError);
});
