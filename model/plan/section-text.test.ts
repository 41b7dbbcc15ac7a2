import { expect, it } from 'vitest';
import { readPlan } from './read-plan.ts';
import { withEntries, withoutSection } from './section-text.ts';

const TEXT = `plan: shop
claims: # what they say
  # Users
  users:
    says: 10M users

  step-1.users: { says: 2 }
  "odd one": { says: 3 }
slo: []
`;

const lines = (text: string): string[] => text.split('\n');

it('leaves a section out, and every other line where it was', () => {
  const without = lines(withoutSection(TEXT, 'claims'));
  expect(without.filter((line) => line !== '')).toEqual(['plan: shop', 'slo: []']);
  expect(without.indexOf('slo: []')).toBe(lines(TEXT).indexOf('slo: []'));
});

it('cuts off a section at the end, and takes a text without it as it is', () => {
  expect(withoutSection('plan: shop\nclaims:\n  a: 1\n', 'claims')).toBe('plan: shop');
  expect(withoutSection('plan: shop\n', 'claims')).toBe('plan: shop\n');
});

it('leaves out the entries that are not wanted, and every other line where it was', () => {
  const { text, left } = withEntries(TEXT, 'claims', (name) => name === 'step-1.users');
  expect(left).toEqual(['users']);
  expect(lines(text)).toEqual(
    lines(TEXT).map((line) => (line === '  users:' || line === '    says: 10M users' ? '' : line)),
  );
});

it('leaves out the section when nothing of it is wanted', () => {
  const text = 'plan: shop\nclaims:\n  a: 1\n  b:\n    c: 2\n';
  expect(withEntries(text, 'claims', () => false)).toEqual({ text: 'plan: shop', left: ['a', 'b'] });
});

it.each(['plan: shop\n', 'claims: { a: 1, b: 2 }\n', 'claims:\n  - a\n'])('takes %j as it is', (text) => {
  expect(withEntries(text, 'claims', () => true)).toEqual({ text, left: [] });
});

it('lets a plan be read with some of its claims, which may name the others', () => {
  const claim = (says: string): string => `document: brief, section: Users, says: ${says}`;
  const claims = `  a: { ${claim('1 user')}, same_as: [b] }\n  b: { ${claim('2 users')} }\n`;
  const text = `plan: shop\ndocuments: { brief: The brief }\nclaims:\n${claims}`;
  const read = (claims?: boolean | ((id: string) => boolean)): string[] =>
    readPlan('shop.yaml', text, claims === undefined ? {} : { claims }).claims.map(({ id }) => id);
  expect([read(), read(false), read((id) => id === 'a')]).toEqual([['a', 'b'], [], ['a']]);
});
