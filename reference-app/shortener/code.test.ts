import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODE_LENGTH, codeOfKey, codeOfNumber, CODES, drawCode } from './code.ts';
import { isCode } from './url-request.ts';

test('a number has one code of eight symbols, and no other number has it', () => {
  const number = fc.integer({ min: 0, max: CODES - 1 });
  fc.assert(
    fc.property(number, number, (one, other) => {
      expect(codeOfNumber(one)).toMatch(/^[0-9A-Za-z]{8}$/);
      expect(codeOfNumber(one) === codeOfNumber(other)).toBe(one === other);
    }),
  );
  expect([0, 61, 62, CODES - 1].map(codeOfNumber)).toEqual(['00000000', '0000000z', '00000010', 'zzzzzzzz']);
});

test('drawn codes use every symbol in every place', () => {
  const codes = Array.from({ length: 5_000 }, drawCode);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every(isCode)).toBe(true);
  for (let place = 0; place < CODE_LENGTH; place += 1) {
    // A symbol is missing among 5,000 with a probability of (61/62)^5000, so 10^-35.
    expect(new Set(codes.map((code) => code[place])).size).toBe(62);
  }
});

test('a key’s codes are its own, always the same, and hang on the secret', () => {
  expect(codeOfKey('secret', 'key', 0)).toBe(codeOfKey('secret', 'key', 0));
  const others = [codeOfKey('other', 'key', 0), codeOfKey('secret', 'yek', 0), codeOfKey('secret', 'key', 1)];
  expect(new Set([codeOfKey('secret', 'key', 0), ...others]).size).toBe(4);
});
