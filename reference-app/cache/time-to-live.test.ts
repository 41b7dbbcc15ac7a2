import { expect, test } from 'vitest';
import { withJitter } from './time-to-live.ts';

test('jitter takes off up to a tenth and never reaches zero', () => {
  expect(withJitter(3_600, 0)).toBe(3_600);
  expect(withJitter(3_600, 0.5)).toBe(3_420);
  expect(withJitter(3_600, 0.999_999)).toBe(3_241);
  expect(withJitter(1, 0.9)).toBe(1);
});
