import { describe, expect, it } from 'vitest';
import { parseTrace, tracePieces } from './parse-trace.ts';

describe('a trace file', () => {
  it.each([
    ['a rate on each line', '100\n250.5\n0\n', [0, 100, 1, 250.5, 2, 0]],
    ['headings, comments, empty lines and \\r', '# friday\r\nrate\r\n100\r\n\r\n250\r\n', [0, 100, 1, 250]],
    ['seconds and rates', 'seconds,rate\n0, 100\n30, 250\n90, 50', [0, 100, 30, 250, 90, 50]],
    ['semicolons and tabs', '5;100\n6\t250', [5, 100, 6, 250]],
    ['nothing', '', []],
  ])('may have %s', (_, text, flat) => {
    const points = parseTrace(text);
    expect('message' in points ? points : points.flatMap((point) => [point.at_s, point.rate_per_s])).toEqual(flat);
  });

  it.each([
    ['100\nmany', 2, /no rate/],
    ['0,100\n10,-1', 2, /negative/],
    ['0,100\n0,100', 2, /ascend/],
    ['0,100\n\n10', 3, /columns/],
    ['0,100\nten,100', 2, /no time/],
    ['1,2,3', 1, /3 columns/],
    ['1,000 req/s', 1, /no rate/],
    ['1\n'.repeat(100_001), 100_001, /more than/],
  ])('that is wrong is told with its line: %j', (text, line, message) => {
    expect(parseTrace(text)).toEqual({ line, message: expect.stringMatching(message) as string });
  });
});

describe('a trace', () => {
  it('is drawn into the duration, linear between its rates', () => {
    const points = [
      { at_s: 5, rate_per_s: 10 },
      { at_s: 6, rate_per_s: 30 },
      { at_s: 9, rate_per_s: 0 },
    ];
    expect(tracePieces(points, 40)).toEqual([
      { duration_s: 10, rate_per_s: 10, rate_end_per_s: 30 },
      { duration_s: 30, rate_per_s: 30, rate_end_per_s: 0 },
    ]);
  });

  it('needs two rates', () => {
    expect(() => tracePieces([{ at_s: 0, rate_per_s: 1 }], 10)).toThrow(RangeError);
  });
});
