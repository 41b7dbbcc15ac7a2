import { expect, it } from 'vitest';
import { sharesOf } from './connections.ts';

it('divides connections among as many processes as their files allow', () => {
  expect(sharesOf(10_000, 19_500)).toEqual([10_000]);
  expect(sharesOf(50_000, 19_500)).toEqual([16_666, 16_667, 16_667]);
  expect(sharesOf(10, 3).reduce((sum, share) => sum + share, 0)).toBe(10);
  expect(Math.max(...sharesOf(10, 3))).toBe(3);
});
