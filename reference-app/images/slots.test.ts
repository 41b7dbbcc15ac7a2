import { expect, test } from 'vitest';
import { Problem } from '../http/problem.ts';
import { Slots } from './slots.ts';

test('so much at a time, so much more waits in turn, and the rest is refused', async () => {
  const slots = new Slots(2, 1);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string): Promise<string> =>
    slots.run(() => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, () => resolve(name)));
    });
  const [a, b, c] = [work('a'), work('b'), work('c')];
  await expect(work('d')).rejects.toThrow(Problem);
  expect(begun).toEqual(['a', 'b']);
  ends.get('b')?.();
  expect(await b).toBe('b');
  await Promise.resolve();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const end of ends.values()) end();
  expect(await Promise.all([a, c])).toEqual(['a', 'c']);
});

test('work that fails gives its slot back', async () => {
  const slots = new Slots(1, 0);
  await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await slots.run(() => Promise.resolve(1))).toBe(1);
});
