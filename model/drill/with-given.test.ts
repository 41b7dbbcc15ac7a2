import { describe, expect, it } from 'vitest';
import { displayUnit } from '../estimate/display-unit.ts';
import { lessonValues } from '../lesson/lesson-values.ts';
import { readPlan } from '../plan/read-plan.ts';
import { withSettings } from '../plan/with-settings.ts';
import { NOTHING_MEASURED } from './nothing-measured.ts';
import { withGiven } from './with-given.ts';

const PLAN = readPlan(
  'shop.yaml',
  `
plan: shop
assume:
  users: 10M users
  size: 3 MB/user
  requests.each: { value: 20 req/user/day, source: a document }
  margin: 50 %
derive:
  traffic: { formula: users * requests.each, unit: req/s }
  storage: users * size
`,
);

/** Kind and source of each quantity. */
function marked(asks: string, ...settings: string[]): Record<string, string> {
  const plan = withSettings(PLAN, settings);
  const given = withGiven(plan, lessonValues(plan, NOTHING_MEASURED), asks, { id: '', settings });
  return Object.fromEntries(
    [...given.quantities].map(([id, { kind, source }]) => [id, `${kind}, ${source ?? 'none'}`]),
  );
}

describe('withGiven', () => {
  it('marks what the question shows, whether it varies or not', () => {
    expect(marked('{users} come, with {margin | %}.', 'users=5M users', 'size=1 MB/user')).toEqual({
      users: 'assumed, given in the question',
      size: 'assumed, behind what the question gives',
      'requests.each': 'assumed, a document',
      margin: 'assumed, given in the question',
      traffic: 'derived, none',
      storage: 'derived, none',
    });
  });

  it('sees neither of two in a product, and one through its unit', () => {
    const found = marked('{users * requests.each * 1 day | req}, {size * 1 user}');
    expect(found).toMatchObject({ users: 'assumed, none', 'requests.each': 'assumed, a document' });
    expect(found).toMatchObject({ size: 'assumed, given in the question' });
  });

  it('lets a given result stand for itself, in the unit that reads best', () => {
    const given = withGiven(PLAN, lessonValues(PLAN, NOTHING_MEASURED), '{storage} lie there.', {
      id: '',
      settings: [],
    });
    const storage = given.quantities.get('storage');
    expect(storage).toMatchObject({ kind: 'assumed', expression: { literal: { value: 30e12 } } });
    expect(storage && displayUnit(storage).symbol).toBe('TB');
  });
});
