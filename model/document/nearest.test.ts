import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from './nearest.ts';

describe('nearest', () => {
  it.each([
    ['peek_factor', ['users.daily', 'peak.factor'], 'peak.factor'],
    ['requsts', ['requests', 'request'], 'requests'],
    ['derrive', ['assume', 'derive'], 'derive'],
    ['xyz', ['assume', 'derive'], undefined],
    ['a', ['b'], 'b'],
    ['users.daily', ['users.registered', 'users.daily_active'], 'users.daily_active'],
    ['traffic', ['traffic.requests.average', 'traffic.requests.peak'], undefined],
  ])('finds what %s meant', (word, candidates, meant) => expect(nearest(word, candidates)).toBe(meant));
});

describe('editDistance', () => {
  it.each([
    ['kitten', 'sitting', 3],
    ['', 'abc', 3],
    ['ab', 'ba', 1],
    ['same', 'same', 0],
  ])('between %s and %s is %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));
});
