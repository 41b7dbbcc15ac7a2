import { describe, expect, it } from 'vitest';
import { holm } from './holm.ts';

describe("Holm's adjustment", () => {
  it('multiplies the least p by the number of tests, the next by one less, and never falls', () => {
    const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
    [0.03, 0.06, 0.06, 0.02].forEach((p, index) => expect(adjusted[index]).toBeCloseTo(p, 12));
  });

  it('stays at 1 at most, and takes one test as it is', () => {
    expect(holm([0.9, 0.8])).toEqual([1, 1]);
    expect(holm([0.03])).toEqual([0.03]);
    expect(holm([])).toEqual([]);
  });
});
