import { expect, test } from 'vitest';
import { CircuitBreaker, CircuitOpenError } from './circuit-breaker.ts';

const fail = () => Promise.reject(new Error('away'));
const succeed = () => Promise.resolve('here');

test('it opens after failures in a row, lets one call try, and closes when that succeeds', async () => {
  let now_ms = 0;
  const breaker = new CircuitBreaker(3, 1_000, () => now_ms);
  await expect(breaker.call(fail)).rejects.toThrow('away');
  expect(await breaker.call(succeed)).toBe('here');
  for (let n = 0; n < 3; n += 1) await expect(breaker.call(fail)).rejects.toThrow('away');
  await expect(breaker.call(succeed)).rejects.toThrow(CircuitOpenError);
  now_ms = 1_000;
  await expect(breaker.call(fail)).rejects.toThrow('away');
  await expect(breaker.call(succeed)).rejects.toThrow(CircuitOpenError);
  now_ms = 2_000;
  expect(await breaker.call(succeed)).toBe('here');
  await expect(breaker.call(fail)).rejects.toThrow('away');
  expect(await breaker.call(succeed)).toBe('here');
});

test('an unwelcome answer is no failure', async () => {
  const breaker = new CircuitBreaker(1, 1_000, () => 0);
  await expect(breaker.call(fail, () => false)).rejects.toThrow('away');
  expect(await breaker.call(succeed)).toBe('here');
});
