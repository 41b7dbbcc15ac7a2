import { expect, test } from 'vitest';
import { compareEffects } from './compare-effects.ts';
import type { Effect } from './compare-effects.ts';

const FINE: Effect = { what: 'notification', of: 'order 1', expected: 1, found: 1 };
const MISSING: Effect = { ...FINE, of: 'order 2', found: 0 };
const DOUBLED: Effect = { ...FINE, of: 'order 3', found: 2 };

test('each effect as often as it was to happen', () => {
  const none = { ...FINE, expected: 0, found: 0 };
  expect(compareEffects([FINE, none])).toMatchObject({ expected: 1, missing_count: 0, duplicated_count: 0 });
});

test('a doubled effect does not make good for a missing one', () => {
  const found = compareEffects([FINE, MISSING, DOUBLED]);
  expect(found).toEqual({
    expected: 3,
    missing: [MISSING],
    duplicated: [DOUBLED],
    missing_count: 1,
    duplicated_count: 1,
  });
});

test('an account counts with all that it lacks', () => {
  const letters = { what: 'email/messages', of: 'all', expected: 10, found: 7 };
  expect(compareEffects([letters])).toMatchObject({ missing: [letters], missing_count: 3 });
});
