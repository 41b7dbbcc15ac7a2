import { expect, it } from 'vitest';
import { readYesNo } from './read-yes-no.ts';

it.each([
  ['y', true],
  [' Yes. ', true],
  ['YES!', true],
  ['ja', true],
  ['n', false],
  ['No', false],
  ['nein', false],
  ['', undefined],
  ['maybe', undefined],
  ['yes and no', undefined],
  ['7', undefined],
])('%s is %s', (text, meant) => expect(readYesNo(text)).toBe(meant));
