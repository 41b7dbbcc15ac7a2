import { expect, test } from 'vitest';
import { nonNegative, positive, share, whole } from '../argument/argument.ts';

test.each([
  ['share', share, [0, 0.5, 1], [-0.1, 1.1, NaN]],
  ['nonNegative', nonNegative, [0, 3.5], [-1, Infinity, NaN]],
  ['positive', positive, [0.1, 3], [0, -1, Infinity, NaN]],
  ['whole', (name: string, value: number) => whole(name, value, 2), [2, 7], [1, 2.5, 2 ** 53, NaN]],
])('%s lets right values through and names the wrong ones', (_, check, right, wrong) => {
  for (const value of right) expect(check('x', value)).toBe(value);
  for (const value of wrong) expect(() => check('x', value)).toThrow(new RegExp(`^x is .*not ${value}$`));
});
