import { assert, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sample, type UncertainInput } from './sample.ts';

const unit = (id: string): UncertainInput => ({ id, range: { low: 0, value: 0.5, high: 1, distribution: 'uniform' } });
const draw = (ids: readonly string[], samples: number, seed = 1): readonly Float64Array[] =>
  sample({ inputs: ids.map(unit), outputs: 0, samples, seed, evaluate: () => {} }).inputs;

function correlation(a: Float64Array, b: Float64Array): number {
  // Both are spread evenly over 0 to 1: mean 1/2, variance 1/12.
  return a.reduce((sum, x, i) => sum + (x - 0.5) * ((b[i] ?? 0) - 0.5) * 12, 0) / a.length;
}

describe('the points', () => {
  it('hit every stratum of every input once', () => {
    const check = property(integer({ min: 1, max: 300 }), integer(), string(), (samples, seed, id) => {
      const [column = new Float64Array()] = draw([id], samples, seed);
      const strata = column.map((u) => Math.floor(u * samples)).toSorted();
      expect([...strata]).toEqual(Array.from({ length: samples }, (_, i) => i));
    });
    expect(() => assert(check)).not.toThrow();
  });

  it('lie anywhere in their stratum', () => {
    const [column = new Float64Array()] = draw(['a'], 10_000);
    const mean = column.reduce((sum, u) => sum + ((u * 10_000) % 1), 0) / 10_000;
    // Four standard deviations of a mean of 10,000 uniform numbers.
    expect(Math.abs(mean - 0.5)).toBeLessThan((4 * Math.sqrt(1 / 12)) / 100);
  });

  it('are those of the input alone: another input, or another order, moves none', () => {
    const [a, b] = draw(['a', 'b'], 50);
    expect(draw(['c', 'b', 'a'], 50)).toEqual([expect.anything(), b, a]);
    expect(draw(['a'], 50, 2)).not.toEqual([a]);
  });

  it('of two inputs have nothing to do with each other', () => {
    const columns = draw(['a', 'b', 'users', 'users.peak'], 10_000);
    for (const [i, one] of columns.entries()) {
      // Four standard deviations, 1 / sqrt(n).
      for (const other of columns.slice(i + 1)) expect(Math.abs(correlation(one, other))).toBeLessThan(0.04);
    }
  });
});

describe('the outputs', () => {
  it('are what evaluate makes of the inputs, column by column', () => {
    const { inputs, outputs } = sample({
      inputs: [unit('a'), unit('b')],
      outputs: 2,
      samples: 100,
      seed: 3,
      evaluate: ([a = NaN, b = NaN], out) => out.set([a + b, a * b]),
    });
    const [a, b] = inputs;
    expect(outputs).toHaveLength(2);
    expect(outputs[0]).toEqual(a?.map((x, i) => x + (b?.[i] ?? NaN)));
    expect(outputs[1]).toEqual(a?.map((x, i) => x * (b?.[i] ?? NaN)));
  });

  it('are NaN where evaluate sets nothing, not what they were before', () => {
    let calls = 0;
    const { outputs } = sample({
      inputs: [],
      outputs: 1,
      samples: 3,
      seed: 1,
      evaluate(_, out) {
        if (calls++ === 0) out[0] = 5;
      },
    });
    expect(outputs.map((column) => [...column])).toEqual([[5, NaN, NaN]]);
  });
});

describe('a caller is told', () => {
  it.each([0, -1, 1.5, NaN, 1_000_001])('that %d is no number of samples', (samples) => {
    expect(() => draw(['a'], samples)).toThrow(RangeError);
  });

  it('that two inputs share a name', () => {
    expect(() => draw(['a', 'b', 'a'], 10)).toThrow(/two inputs are called a/);
  });
});
