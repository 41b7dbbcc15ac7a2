import { expect, test } from 'vitest';
import { outagesText } from './outages-text.ts';
import { writesText } from './writes-text.ts';

const WRITES = {
  acknowledged: 120,
  failed: 3,
  indeterminate: 7,
  lost: 2,
  recovered: 1,
  unexpected: 0,
  duplicated: 0,
  unread: 0,
  examples: { lost: ['r1-4', 'r1-9'], recovered: ['r1-5'] },
};

test('writes with the ids of those that are remarkable', () => {
  expect(writesText(WRITES)).toBe(
    `writes: 120 acknowledged, 3 failed, 7 indeterminate; 2 lost, 1 recovered, 0 unexpected, 0 duplicated
  lost: r1-4, r1-9
  recovered: r1-5`,
  );
});

test('what was not read back is not called lost, nor fine', () => {
  expect(writesText({ ...WRITES, lost: 0, unread: 4, examples: {} })).toBe(
    'writes: 120 acknowledged, 3 failed, 7 indeterminate; 4 not read back, so losses are unknown, 1 recovered, 0 unexpected, 0 duplicated',
  );
});

test('an outage with its parts', () => {
  const parts = [
    { name: 'detect', duration_s: 7.1 },
    { name: 'promote', duration_s: 1.25 },
  ];
  const outage = { of: 'writes', began_at_s: 12.31, ended_at_s: 20.66, parts };
  expect(outagesText([outage, { ...outage, parts: [] }])).toBe(
    'outage of writes: 8.35 s from 12.3 s on = detect 7.10 s + promote 1.25 s\noutage of writes: 8.35 s from 12.3 s on',
  );
});
