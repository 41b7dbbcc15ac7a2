import { assert, constantFrom, double, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnitTable } from '../units/unit.ts';
import { isUnderstood } from './answer.ts';
import { amountIn } from './asked-for.ts';
import type { AskedFor } from './asked-for.ts';
import { readAnswer } from './read-answer.ts';

function asking(unit: string): AskedFor {
  const units = UnitTable.standard;
  const read = units.parse(unit === '' ? '1' : unit);
  if ('unknown' in read) throw new Error(`${read.unknown} is not a unit`);
  return { dimension: read.dimension, unit, units };
}

function shownOf(text: string, unit: string): string {
  const answer = readAnswer(text, asking(unit));
  return isUnderstood(answer) ? answer.shown : `? ${answer.asksBack}`;
}

describe('understands', () => {
  it.each([
    ['7000', 'req/s', '7,000 req/s'],
    ['7k', 'req/s', '7,000 req/s'],
    ['7 k', 'req/s', '7,000 req/s'],
    ['7K', 'req/s', '7,000 req/s'],
    ['7,000', 'req/s', '7,000 req/s'],
    ['7_000', 'req/s', '7,000 req/s'],
    ['7 000', 'req/s', '7,000 req/s'],
    ['7\u202F000', 'req/s', '7,000 req/s'],
    ["7'000", 'req/s', '7,000 req/s'],
    ['7.000,5', 'req/s', '7,001 req/s'],
    ['7,000.5', 'req/s', '7,001 req/s'],
    ['1.234.567', 'req/s', '1,234,567 req/s'],
    ['12,34,567', 'req/s', '1,234,567 req/s'],
    ['7e3', 'req/s', '7,000 req/s'],
    ['7E+3', 'req/s', '7,000 req/s'],
    ['7*10^3', 'req/s', '7,000 req/s'],
    ['7 x 10^3', 'req/s', '7,000 req/s'],
    ['7×10³', 'req/s', '7,000 req/s'],
    ['7 * 10**3 req/s', 'req/s', '7,000 req/s'],
    ['10M * 20 / 86400', 'req/s', '2,315 req/s'],
    ['10M users * 20 req/user/day', 'req/s', '2,315 req/s'],
    ['2315 x 3', 'req/s', '6,945 req/s'],
    ['(2000 + 315) × 3 req/s', 'req/s', '6,945 req/s'],
    ['500M * 5 * 500 KB', 'PB', '1.25 PB'],
    ['9 * 500', '$/month', '$4,500 a month'],
    ['1/2 PB', 'PB', '500 TB'],
    ['10^4', 'req/s', '10,000 req/s'],
    ['10⁻²', 's', '10 ms'],
    ['2^10', 'req/s', '1,024 req/s'],
    ['~7000', 'req/s', '7,000 req/s'],
    ['about 7k', 'req/s', '7,000 req/s'],
    ['I think roughly 7k?', 'req/s', '7,000 req/s'],
    ['= 7k!', 'req/s', '7,000 req/s'],
    ['7000 rps', 'req/s', '7,000 req/s'],
    ['7krps', 'req/s', '7,000 req/s'],
    ['7k req/s', 'req/s', '7,000 req/s'],
    ['7k qps', 'req/s', '7,000 req/s'],
    ['7,000/s', 'req/s', '7,000 req/s'],
    ['7k per second', 'req/s', '7,000 req/s'],
    ['7000 requests a second', 'req/s', '7,000 req/s'],
    ['420,000/min', 'req/s', '7,000 req/s'],
    ['7k requests', 'req/s', '7,000 req/s'],
    ['600 million requests per day', 'req/s', '6,944 req/s'],
    ['2M users * 40 / 86400', 'req/s', '925.9 req/s'],
    ['forty-three', 'server', '43 servers'],
    ['twenty-five', '', '25'],
    ['fifty-two minutes', 'min/year', '52 minutes a year'],
    ['two hundred and fifty', 'server', '250 servers'],
    ['two hundred twenty-five thousand', 'server', '225,000 servers'],
    ['two-three', 'h', '147 min, the geometric middle of 2 h and 3 h'],
    ['a600/s', 'req/s', '600 req/s'],
    ['250 writes', 'url', '250 URLs'],
    ['250 products', 'url', '250 URLs'],
    ['5 million', 'user', '5 million users'],
    ['5m', 'user', '5 million users'],
    ['5M users', 'user', '5 million users'],
    ['5 m people', 'user', '5 million users'],
    ['3bn', 'user', '3 billion users'],
    ['3B', 'user', '3 billion users'],
    ['2 hundred thousand', 'user', '200,000 users'],
    ['half a million', 'user', '500,000 users'],
    ['two and a half million', 'user', '2.5 million users'],
    ['2.5 million', 'user', '2.5 million users'],
    ['20', 'req/user/day', '20 req/user/day'],
    ['20/day', 'req/user/day', '20 req/user/day'],
    ['1.25 PB', 'PB', '1.25 PB'],
    ['1.25PB', 'PB', '1.25 PB'],
    ['1,25 PB', 'PB', '1.25 PB'],
    ['1.25', 'PB', '1.25 PB'],
    ['1.25P', 'PB', '1.25 PB'],
    ['1.25pb', 'PB', '1.25 PB'],
    ['1250 TB', 'PB', '1.25 PB'],
    ['1.25 petabytes', 'PB', '1.25 PB'],
    ['1.25e15', 'PB', '1.25 PB'],
    ['500 million', 'GB', '500 MB'],
    ['200G', 'GB', '200 GB'],
    ['7k', 'MB', '7 GB'],
    ['7k', 'KB', '7 KB'],
    ['5.3', 'GB/s', '5.3 GB/s'],
    ['5.3 GBps', 'GB/s', '5.3 GB/s'],
    ['42 Gbps', 'GB/s', '5.25 GB/s'],
    ['42 Gbit/s', 'GB/s', '5.25 GB/s'],
    ['5.3 GB', 'GB/s', '5.3 GB/s'],
    ['80 %', '%', '80 %'],
    ['80', '%', '80 %'],
    ['80 percent of the reads', '%', '80 %'],
    ['0.8', '%', '80 %'],
    ['.8', '%', '80 %'],
    ['0,8', '%', '80 %'],
    ['4/5', '%', '80 %'],
    ['half', '%', '50 %'],
    ['half of the reads', '%', '50 %'],
    ['three quarters', '%', '75 %'],
    ['99.99 %', '%', '99.99 %'],
    ['99.9986%', '%', '99.9986 %'],
    ['four nines', '%', '99.99 %'],
    ['0.5 %', '%', '0.5 %'],
    ['two hours?', 'min', '2 h'],
    ['half an hour', 'min', '30 min'],
    ['an hour', 's', '1 h'],
    ['90 secs', 's', '90 s'],
    ['250ms', 's', '250 ms'],
    ['250', 'ms', '250 ms'],
    ['52 min', 'min/year', '52 minutes a year'],
    ['52 minutes of downtime a year', 'min/year', '52 minutes a year'],
    ['an hour a month', 'min/year', '720 minutes a year'],
    ['$355k', '$/month', '$355,000 a month'],
    ['355k', '$/month', '$355,000 a month'],
    ['$355,000/month', '$/month', '$355,000 a month'],
    ['$ 355k a month', '$/month', '$355,000 a month'],
    ['355,000 dollars monthly', '$/month', '$355,000 a month'],
    ['$4.26M a year', '$/month', '$355,000 a month'],
    ['9', 'server', '9 servers'],
    ['nine machines', 'server', '9 servers'],
    ['9 nodes', 'server', '9 servers'],
    ['10x', '', '10'],
    ['ten times', '', '10'],
    ['9 servers', '', '9'],
    ['6-8k', 'req/s', '6,928 req/s, the geometric middle of 6,000 req/s and 8,000 req/s'],
    ['6k-8k', 'req/s', '6,928 req/s, the geometric middle of 6,000 req/s and 8,000 req/s'],
    ['between 6 and 8 thousand rps', 'req/s', '6,928 req/s, the geometric middle of 6,000 req/s and 8,000 req/s'],
    ['30..60 s', 's', '42.43 s, the geometric middle of 30 s and 60 s'],
    ['30 s to 2 min', 's', '60 s, the geometric middle of 30 s and 120 s'],
    ['two to three hours', 'h', '147 min, the geometric middle of 2 h and 3 h'],
    ['600-1k', 'req/s', '774.6 req/s, the geometric middle of 600 req/s and 1,000 req/s'],
    ['$1-4M', '$', '$2,000,000, the geometric middle of $1,000,000 and $4,000,000'],
    ['1e-3 - 1e-1', 's', '10 ms, the geometric middle of 1 ms and 100 ms'],
  ])('%s asked in %j as %s', (text, unit, shown) => expect(shownOf(text, unit)).toBe(shown));
});

describe('asks back', () => {
  it.each([
    ['', 'req/s', 'There is nothing to judge yet; a guess is enough. Write it as in `20 req/s`.'],
    ['?', 'req/s', 'There is nothing to judge yet; a guess is enough. Write it as in `20 req/s`.'],
    ['no idea', 'req/s', 'I cannot find a number in that. Write it as in `20 req/s`.'],
    ['a', 'req/s', 'I cannot find a number in that. Write it as in `20 req/s`.'],
    ['7.000', 'req/s', 'Is `7.000` 7000 or 7? Write it as in `20 req/s`.'],
    ['1.250 PB', 'PB', 'Is `1.250` 1250 or 1.25? Write it as in `20 PB`.'],
    ['1.2.3', 'req/s', 'I cannot tell which number `1.2.3` is. Write it as in `20 req/s`.'],
    ['70,0000', 'req/s', 'I cannot tell which number `70,0000` is. Write it as in `20 req/s`.'],
    ['5m', 's', '`m` may be minutes, months or milliseconds: write `min`, `months` or `ms`. Write it as in `20 s`.'],
    ['1', '%', 'This may be 1 % or all of it: write `1 %` or `100 %`. Write it as in `20 %`.'],
    ['5 Gb', 'GB', '`Gb` may be bits or bytes: write `Gbit` or `GB`. Write it as in `20 GB`.'],
    ['5 GB', 'req/s', 'That is an amount of data; this asks for `req/s`. Write it as in `20 req/s`.'],
    ['5 min', 'req/s', 'That is a time; this asks for `req/s`. Write it as in `20 req/s`.'],
    ['80 %', 'req/s', 'That is a plain number; this asks for `req/s`. Write it as in `20 req/s`.'],
    ['7000 orders/s', 'req/s', 'That is in `order/s`; this asks for `req/s`. Write it as in `20 req/s`.'],
    ['7000 req/s', 'req', 'That is in `req/s`; this asks for `requests`. Write it as in `20 requests`.'],
    ['b600', 'req/s', 'I cannot tell what stands before the number. Write it as in `20 req/s`.'],
    ['2 GB * 3 req', 'req/s', 'I cannot work that out; numbers without units are enough. Write it as in `20 req/s`.'],
    ['9 servers', '%', 'That is in `server`; this asks for a share. Write it as in `20 %`.'],
    ['$5', 's', 'That is an amount of money; this asks for `s`. Write it as in `20 s`.'],
    ['€355k', '$/month', 'Money is in dollars here. Write it as in `$20k/month`.'],
    ['355k euros', '$/month', 'Money is in dollars here. Write it as in `$20k/month`.'],
    ['> 5k', 'req/s', 'A bound is no estimate yet; what is your best guess? Write it as in `20 req/s`.'],
    ['at least 5k', 'req/s', 'A bound is no estimate yet; what is your best guess? Write it as in `20 req/s`.'],
    ['7000 flurbs', 'req/s', '`flurbs` is not a unit here. Write it as in `20 req/s`.'],
    ['7000 usres', 'user', '`usres` is not a unit here; did you mean `users`? Write it as in `20 users`.'],
    ['-5', 'req/s', 'It cannot be below zero. Write it as in `20 req/s`.'],
    ['minus 5', 'req/s', 'It cannot be below zero. Write it as in `20 req/s`.'],
    ['0', 'req/s', 'It is more than nothing. Write it as in `20 req/s`.'],
    ['none', 'req/s', 'It is more than nothing. Write it as in `20 req/s`.'],
    ['infinity', '', 'It is large, but it has an end. Write it as in `20` or `20k`.'],
    ['∞', 'req/s', 'It is large, but it has an end. Write it as in `20 req/s`.'],
    ['1e999', 'req/s', 'That is more than can be counted. Write it as in `20 req/s`.'],
    ['5/0', 'req/s', 'That is more than can be counted. Write it as in `20 req/s`.'],
    ['\u001B[A7000', 'req/s', 'There are keys in that which are no characters. Write it as in `20 req/s`.'],
  ])('about %j asked in %j', (text, unit, says) => expect(shownOf(text, unit)).toBe(`? ${says}`));

  it('about a megabyte of text', () => {
    const says = '? That is a long answer; one number is enough. Write it as in `20 req/s`.';
    expect(shownOf('7'.repeat(1e6), 'req/s')).toBe(says);
  });
});

describe('what a question counts', () => {
  const asks = 'Each is a row. How many of these short addresses are that, written and acknowledged?';
  const asked = { ...asking('url'), asks, counts: 'short address' };

  it.each([
    ['1.26 billion addresses', '1.26 billion short addresses'],
    ['250 rows', '250 short addresses'],
    ['one short address', '1 short address'],
    ['9', '9 short addresses'],
  ])('is called by its words: %s', (text, shown) => expect(readAnswer(text, asked)).toMatchObject({ shown }));

  it('is asked for by its words', () => {
    const asksBack = '`flurbs` is not a unit here. Write it as in `20 short addresses`.';
    expect(readAnswer('9 flurbs', asked)).toEqual({ asksBack });
  });
});

const UNITS = ['req/s', 'PB', 'GB/s', 's', '%', '$/month', 'min/year', 'server', 'req/user/day', ''];

describe('whatever is typed', () => {
  it('is understood or asked back, and never throws', () => {
    const typed = property(string({ unit: 'grapheme' }), constantFrom(...UNITS), (text, unit) => {
      const answer = readAnswer(text, asking(unit));
      if (isUnderstood(answer)) expect(answer.value).toBeGreaterThan(0);
      else expect(answer.asksBack).toMatch(/^\S.*\.$/s);
    });
    const numeric = property(string({ unit: constantFrom(...'0123456789.,_ -/^exkMBs%$~'.split('')) }), (text) => {
      expect(() => readAnswer(text, asking('req/s'))).not.toThrow();
    });
    expect(() => assert(typed)).not.toThrow();
    expect(() => assert(numeric, { numRuns: 1_000 })).not.toThrow();
  });

  it('is read back as it is shown, at every magnitude', () => {
    const magnitude = double({ min: -6, max: 15, noNaN: true });
    const shown = property(magnitude, constantFrom(...UNITS), (exponent, unit) => {
      const asked = asking(unit);
      const value = unit === '%' ? Math.min(0.97, 10 ** exponent) : 10 ** exponent;
      const answer = readAnswer(amountIn(value, asked), asked);
      if (!isUnderstood(answer)) throw new Error(`${amountIn(value, asked)}: ${answer.asksBack}`);
      expect(Math.abs(answer.value / value - 1)).toBeLessThan(1e-3);
    });
    expect(() => assert(shown, { numRuns: 2_000 })).not.toThrow();
  });
});
