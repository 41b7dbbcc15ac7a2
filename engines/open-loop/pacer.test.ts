import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startPacer } from './pacer.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('turns every millisecond while arrivals are dense', async () => {
  const turn = vi.fn<() => number>(() => 150);
  const pacer = startPacer(turn);
  await vi.advanceTimersByTimeAsync(100);
  expect(turn.mock.calls.length).toBeGreaterThan(95);
  expect(turn.mock.calls.length).toBeLessThan(105);
  pacer.stop();
});

test('sleeps while nothing is due, and looks up every 10 ms', async () => {
  const turn = vi.fn<() => number>(() => 1e6);
  const pacer = startPacer(turn);
  await vi.advanceTimersByTimeAsync(1000);
  expect(turn.mock.calls.length).toBeGreaterThan(95);
  expect(turn.mock.calls.length).toBeLessThan(105);
  pacer.stop();
});

test('turns with the event loop right before a sparse arrival, and so meets it', async () => {
  const late_ms: number[] = [];
  let next_ms = performance.now() + 7.3;
  const pacer = startPacer(() => {
    const now_ms = performance.now();
    if (now_ms >= next_ms) {
      late_ms.push(now_ms - next_ms);
      next_ms += 7.3;
    }
    return (next_ms - now_ms) * 1000;
  });
  // Fake time moves in whole milliseconds; immediates run in between.
  await vi.advanceTimersByTimeAsync(100);
  expect(late_ms.length).toBeGreaterThan(11);
  expect(Math.max(...late_ms)).toBeLessThanOrEqual(1);
  pacer.stop();
});

test('however many wakes make one turn, and none after the end', async () => {
  const turn = vi.fn<() => number>(() => 1e6);
  const pacer = startPacer(turn);
  await vi.advanceTimersByTimeAsync(0);
  const before = turn.mock.calls.length;
  for (let i = 0; i < 100; i++) pacer.wake();
  await vi.advanceTimersByTimeAsync(1);
  expect(turn.mock.calls.length - before).toBe(1);
  pacer.wake();
  pacer.stop();
  pacer.wake();
  await vi.advanceTimersByTimeAsync(100);
  expect(turn.mock.calls.length - before).toBe(1);
});
