import { describe, expect, test } from 'vitest';
import { compareWrites } from './compare-writes.ts';
import type { FoundWrites, Knowledge, SentWrite } from './compare-writes.ts';

const SENT: readonly SentWrite[] = [
  write('a1', 'acknowledged'),
  write('a2', 'acknowledged'),
  write('f1', 'failed'),
  write('i1', 'indeterminate'),
  write('i2', 'indeterminate'),
];

test('what is as the clients know it is not remarkable', () => {
  expect(compareWrites(SENT, found({ a1: 1, a2: 1 }))).toEqual({
    acknowledged: 2,
    failed: 1,
    indeterminate: 2,
    lost: 0,
    recovered: 0,
    unexpected: 0,
    duplicated: 0,
    unread: 0,
    examples: {},
  });
});

describe('defects that it has to catch', () => {
  test.each([
    ['a dropped acknowledged write', found({ a1: 1 }), { lost: 1 }, { lost: ['a2'] }],
    ['a duplicate', found({ a1: 2, a2: 1 }), { duplicated: 1 }, { duplicated: ['a1'] }],
    ['a phantom', found({ a1: 1, a2: 1 }, ['x9']), { unexpected: 1 }, { unexpected: ['x9'] }],
    ['a write that failed and is there', found({ a1: 1, a2: 1, f1: 1 }), { unexpected: 1 }, { unexpected: ['f1'] }],
    ['an unanswered write that is there', found({ a1: 1, a2: 1, i2: 1 }), { recovered: 1 }, { recovered: ['i2'] }],
  ])('%s', (_defect, there, counts, examples) => {
    const writes = compareWrites(SENT, there);
    expect(writes).toMatchObject({ ...counts, examples });
    expect(writes.lost + writes.recovered + writes.unexpected + writes.duplicated + writes.unread).toBe(1);
  });

  test('a skipped read: what is absent is unread and not lost, and not fine either', () => {
    const writes = compareWrites(SENT, { ...found({ a1: 1 }), complete: false });
    expect(writes).toMatchObject({ lost: 0, unread: 1, examples: { unread: ['a2'] } });
  });
});

test('of a write that was sent twice the answer that says most counts', () => {
  const sent = [write('a', 'indeterminate'), write('a', 'acknowledged'), write('a', 'failed')];
  expect(compareWrites(sent, found({}))).toMatchObject({ acknowledged: 1, failed: 0, indeterminate: 0, lost: 1 });
});

test('at most five ids of a kind are named, all are counted', () => {
  const sent = Array.from({ length: 9 }, (_, index) => write(`w${index}`, 'acknowledged'));
  const { lost, examples } = compareWrites(sent, found({}));
  expect([lost, examples['lost']]).toEqual([9, ['w0', 'w1', 'w2', 'w3', 'w4']]);
});

function write(id: string, knowledge: Knowledge): SentWrite {
  return { id, knowledge };
}

function found(copies: Readonly<Record<string, number>>, foreign: readonly string[] = []): FoundWrites {
  return { copies: new Map(Object.entries(copies)), foreign, complete: true };
}
