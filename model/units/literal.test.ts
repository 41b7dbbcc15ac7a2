import { describe, expect, it } from 'vitest';
import { baseUnitSymbol } from './dimension.ts';
import { isLiteralError, parseLiteral } from './literal.ts';

describe('parseLiteral', () => {
  it.each([
    ['3', 3, ''],
    ['10M users', 10e6, 'user'],
    ['20 req/user/day', 20 / 86_400, 'req/user/s'],
    ['80 %', 0.8, ''],
    ['7,000 req/s', 7000, 'req/s'],
    ['7_000 req/s', 7000, 'req/s'],
    ['250 ms', 0.25, 's'],
    ['1.25 PB', 1.25e15, 'B'],
    ['500 KB', 500e3, 'B'],
    ['1 KiB', 1024, 'B'],
    ['1 Gbit/s', 125e6, 'B/s'],
    ['1 Gbps', 125e6, 'B/s'],
    ['$0.504/node/h', 0.504 / 3600, 'USD/node/s'],
    ['$25,000', 25_000, 'USD'],
    ['1e3 req', 1000, 'req'],
    ['2.5k orders', 2500, 'order'],
    ['3bn users', 3e9, 'user'],
    ['-5 s', -5, 's'],
    ['5 B', 5, 'B'],
    ['300ms', 0.3, 's'],
    ['500KB', 500e3, 'B'],
  ])('reads %s', (text, value, unit) => {
    const literal = parseLiteral(text);
    if (isLiteralError(literal)) throw new Error(literal.message);
    expect(literal.value).toBeCloseTo(value, 12 - Math.ceil(Math.log10(Math.abs(value) + 1)));
    expect(baseUnitSymbol(literal.dimension)).toBe(unit);
  });

  it.each([
    ['10 secnds', 'unit', 'secnds', 3],
    ['20 req/usr/day', 'unit', 'usr', 7],
    ['many', 'number', 'many', 0],
    ['', 'number', '', 0],
    ['5 req/', 'unit', '', 6],
  ])('refuses %s', (text, problem, word, offset) => {
    const literal = parseLiteral(text);
    if (!isLiteralError(literal)) throw new Error('it was accepted');
    expect(literal.problem).toBe(problem);
    expect(literal.offset).toBe(offset);
    expect(text.slice(literal.offset, literal.offset + literal.length)).toBe(word);
  });

  it.each([
    ['7,000 req/s', 1000],
    ['2,315 req/s', 1],
    ['1.25 PB', 0.01e15],
    ['5.3 GB/s', 0.1e9],
    ['10M users', 10e6],
    ['9 servers', 1],
    ['99.86 %', 0.0001],
  ])('knows the last significant place of %s', (text, resolution) => {
    const literal = parseLiteral(text);
    if (isLiteralError(literal)) throw new Error(literal.message);
    expect(literal.resolution / resolution).toBeCloseTo(1, 9);
  });
});
