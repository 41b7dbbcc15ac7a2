import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LinkConditions } from './conditions.ts';
import { DelayLine, UNDER_WAY_MAX_BYTES } from './delay-line.ts';

let conditions: LinkConditions;
let line: DelayLine;
let arrived: string;
let ended: boolean;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  conditions = { delay_ms: 75, bandwidth_bytes_per_s: null, cut: false, black_hole: false };
  line = new DelayLine(() => conditions);
  arrived = '';
  ended = false;
  line.on('data', (chunk) => (arrived += String(chunk)));
  line.once('end', () => (ended = true));
});
afterEach(() => {
  line.destroy();
  vi.useRealTimers();
});

/** Lets the clock go on, and streams do what they put off to the end of the turn. */
async function after(ms: number): Promise<string> {
  await vi.advanceTimersByTimeAsync(ms);
  await new Promise((resolve) => setImmediate(resolve));
  return arrived;
}

test('bytes arrive after the delay, in order, and so does the end', async () => {
  line.write('a');
  await after(10);
  line.end('b');
  expect(await after(64)).toBe('');
  expect(await after(1)).toBe('a');
  expect(await after(9)).toBe('a');
  expect(ended).toBe(false);
  expect(await after(1)).toBe('ab');
  expect(ended).toBe(true);
});

test('a shorter delay lets nothing overtake', async () => {
  line.write('far');
  await after(1);
  conditions = { ...conditions, delay_ms: 0 };
  line.write(' near');
  expect(await after(73)).toBe('');
  expect(await after(1)).toBe('far near');
});

test('bandwidth spaces bytes out, before the delay', async () => {
  conditions = { ...conditions, bandwidth_bytes_per_s: 1_000 };
  line.write('x'.repeat(100));
  line.write('y'.repeat(100));
  expect(await after(174)).toBe('');
  expect(await after(1)).toHaveLength(100);
  expect(await after(99)).toHaveLength(100);
  expect(await after(1)).toHaveLength(200);
});

test('no delay, no wait', async () => {
  conditions = { ...conditions, delay_ms: 0 };
  line.write('now');
  expect(await after(0)).toBe('now');
});

test('what is under way is bounded: the writer waits until some has arrived', async () => {
  const chunk = Buffer.alloc(UNDER_WAY_MAX_BYTES / 4);
  const taken: number[] = [];
  for (let n = 1; n <= 6; n += 1) line.write(chunk, () => taken.push(n));
  await after(74);
  expect(taken).toEqual([1, 2, 3]);
  await after(1);
  expect(taken).toContain(4);
  expect(await after(75)).toHaveLength(6 * chunk.length);
  expect(taken).toEqual([1, 2, 3, 4, 5, 6]);
});

test('nobody who does not read is sent more than fits', async () => {
  line.pause();
  for (let n = 1; n <= 20; n += 1) line.write(Buffer.alloc(UNDER_WAY_MAX_BYTES / 4));
  await after(10_000);
  expect(line.readableLength).toBeLessThanOrEqual(UNDER_WAY_MAX_BYTES);
  line.resume();
  await after(10_000);
  expect(arrived).toHaveLength(5 * UNDER_WAY_MAX_BYTES);
});
