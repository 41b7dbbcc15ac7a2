import { expect, test } from 'vitest';
import { ownerOf, parseNodes } from './cluster-view.ts';

const BEFORE = `a1 127.0.0.1:7000@7001 master,fail - 1 2 1 disconnected 0-5460
b2 127.0.0.1:7002@7003,host myself,master - 0 3 2 connected 5461-10921 10923 [10922->-c3]
d4 127.0.0.1:7006@7007 slave a1 0 3 1 connected
`;
const AFTER = BEFORE.replace(
  'd4 127.0.0.1:7006@7007 slave a1 0 3 1 connected',
  'd4 127.0.0.1:7006@7007 master - 0 3 7 connected 0-5460',
);

test('nodes with their flags and slots', () => {
  expect(parseNodes(BEFORE)).toEqual([
    { port: 7000, flags: ['master', 'fail'], epoch: 1, slots: [[0, 5460]] },
    {
      port: 7002,
      flags: ['myself', 'master'],
      epoch: 2,
      slots: [
        [5461, 10921],
        [10923, 10923],
      ],
    },
    { port: 7006, flags: ['slave'], epoch: 1, slots: [] },
  ]);
});

test('of two that claim a slot the later one serves it, whoever has heard of it', () => {
  expect(ownerOf(17, [parseNodes(BEFORE)])).toBe(7000);
  expect(ownerOf(17, [parseNodes(BEFORE), parseNodes(AFTER)])).toBe(7006);
  expect(ownerOf(16_000, [parseNodes(BEFORE)])).toBeUndefined();
});
