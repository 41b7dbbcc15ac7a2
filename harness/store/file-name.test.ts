import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameOf } from './file-name.ts';

test.each([
  ['peak', 'peak'],
  ['journey.buy.warm-up', 'journey.buy.warm-up'],
  ['Größe_1', 'Größe_1'],
  ['a/b', 'a_b~c14cddc0'],
  ['..', '_~5ec1f7e7'],
  ['', '_~e3b0c442'],
])('%j is called %s', (name, expected) => {
  expect(fileNameOf(name)).toBe(expected);
});

test('any name is one of a file in its folder, and two stay two', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 250 }), string({ unit: 'binary', maxLength: 250 }), (a, b) => {
      const name = fileNameOf(a);
      expect(name).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._~-]*$/u);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(160);
      expect(name === fileNameOf(b)).toBe(a === b);
    }),
  );
});
