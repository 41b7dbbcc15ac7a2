import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventQueue } from './event-queue.ts';

test('events come by time, and those of the same time in the order in which they were planned', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 3000 }), (times) => {
      const queue = new EventQueue();
      for (const [index, time] of times.entries()) queue.push(time, index);
      const expected = times
        .map((time, index) => ({ time, index }))
        .toSorted((a, b) => a.time - b.time || a.index - b.index);
      for (const { time, index } of expected) {
        expect(queue.next_s()).toBe(time);
        queue.pop();
        expect(queue.payload).toBe(index);
      }
      expect(queue.next_s()).toBe(Infinity);
    }),
    { numRuns: 50 },
  );
});

test('stays in order while events are planned between others', () => {
  const queue = new EventQueue();
  let now_s = 0;
  for (let i = 0; i < 20_000; i++) {
    queue.push(now_s + ((i * 7919) % 1009), i);
    if (i % 3 === 0) continue;
    const next_s = queue.next_s();
    expect(next_s).toBeGreaterThanOrEqual(now_s);
    now_s = next_s;
    queue.pop();
  }
});

test('an event planned after others were taken comes in its turn', () => {
  const takesOrPlans = fc.option(fc.integer({ min: 0, max: 20 }), { nil: 'takes' as const });
  fc.assert(
    fc.property(fc.array(takesOrPlans, { maxLength: 400 }), (acts) => {
      const queue = new EventQueue();
      let planned: { time: number; index: number }[] = [];
      for (const [index, act] of acts.entries()) {
        if (act !== 'takes') {
          queue.push(act, index);
          planned = [...planned, { time: act, index }].toSorted((a, b) => a.time - b.time || a.index - b.index);
        } else if (planned.length > 0) {
          queue.pop();
          expect(queue.payload).toBe(planned.shift()?.index);
        }
      }
      expect(queue.next_s()).toBe(planned[0]?.time ?? Infinity);
    }),
  );
});

test('a ticket is never 0, and `pop` tells it', () => {
  const queue = new EventQueue();
  const ticket = queue.push(1, 5);
  expect(ticket).not.toBe(0);
  queue.pop();
  expect(queue.ticket).toBe(ticket);
});
