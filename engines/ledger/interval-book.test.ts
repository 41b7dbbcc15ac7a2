import { expect, test } from 'vitest';
import type { Interval } from '../../model/observation/observation.ts';
import type { Flight } from './flight.ts';
import { IntervalBook } from './interval-book.ts';

function bookOf(duration_s: number): { book: IntervalBook; emitted: Interval[] } {
  const emitted: Interval[] = [];
  return { book: new IntervalBook(duration_s, (interval) => emitted.push(interval)), emitted };
}

const flight = (intended_us: number, sent_us = intended_us): Flight => ({
  class_index: 0,
  phase: 0,
  intended_us,
  sent_us,
});

test('a second stays open until its requests have ended, and holds back those after it', () => {
  const { book, emitted } = bookOf(3);
  book.scheduled(100);
  book.scheduled(1_500_000);
  book.ended(flight(1_500_000), 'ok', 700);
  book.tick(2_000_000, 1);
  expect(emitted).toEqual([]);
  book.ended(flight(100), 'timeout', 2_000_000);
  book.tick(2_100_000, 0);
  expect(emitted.map((interval) => [interval.start_s, interval.ok, interval.timeout, interval.in_flight])).toEqual([
    [0, 0, 1, 1],
    [1, 1, 0, 1],
  ]);
  expect(emitted[0]?.response_us.max).toBeGreaterThan(1_999_000);
  expect(emitted[1]?.response_us.p50).toBe(700);
});

test('outcomes belong to the intended second, sends to the actual one', () => {
  const { book, emitted } = bookOf(2);
  book.scheduled(999_000);
  book.ended(flight(999_000, 1_000_500), 'ok', 5000);
  book.finish(2);
  expect(emitted.map(({ scheduled, sent, ok }) => [scheduled, sent, ok])).toEqual([
    [1, 0, 1],
    [0, 1, 0],
  ]);
});

test('silent seconds are there too, the last one may be short, and what comes later counts in it', () => {
  const { book, emitted } = bookOf(2.5);
  book.scheduled(2_400_000);
  book.ended(flight(2_400_000, 2_600_000), 'ok', 250_000);
  book.finish(2.5);
  expect(emitted.map(({ start_s, sent }) => [start_s, sent])).toEqual([
    [0, 0],
    [1, 0],
    [2, 1],
  ]);
});

test('a run that ends early has no seconds after its end', () => {
  const { book, emitted } = bookOf(100);
  book.scheduled(10);
  book.dropped(10);
  book.finish(1.2);
  expect(emitted.map(({ start_s, dropped }) => [start_s, dropped])).toEqual([
    [0, 1],
    [1, 0],
  ]);
});

test('histograms are used again: a day of seconds carries nothing over', () => {
  const { book, emitted } = bookOf(1000);
  for (let second = 0; second < 1000; second++) {
    book.scheduled(second * 1e6);
    book.ended(flight(second * 1e6), 'ok', 100 + second);
    book.tick((second + 1) * 1e6, 0);
  }
  expect(emitted).toHaveLength(1000);
  expect(emitted.every((interval, second) => interval.response_us.max === 100 + second)).toBe(true);
});
