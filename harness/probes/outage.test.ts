import { expect, test } from 'vitest';
import { Outage } from './outage.ts';

function noted(marks: string): Outage {
  const outage = new Outage();
  // Answers come in any order.
  for (const [index, mark] of [...marks.split('').entries()].toReversed()) outage.note(mark === '.', index * 100);
  return outage;
}

test.each([
  ['....', 0, 0],
  ['..x.', 1, 0.1],
  ['.xx..x.', 3, 0.2],
  // It had not ended when the last request was sent.
  ['..xxx', 3, 0.2],
])('%s', (marks, lost, longest_s) => {
  expect(noted(marks).lost).toBe(lost);
  expect(noted(marks).longest_s()).toBeCloseTo(longest_s, 9);
});
