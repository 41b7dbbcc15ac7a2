import { expect, test } from 'vitest';
import { allEnded } from './all-ended.ts';

test('rejects when the last one has ended, not when the first one has failed', async () => {
  const slow = Promise.withResolvers<void>();
  const seen: string[] = [];
  const failing = Promise.reject(new Error('no such version'));
  const all = allEnded([failing, slow.promise.then(() => void seen.push('started'))]).catch((error: unknown) => {
    seen.push(String(error));
  });
  await expect(failing).rejects.toThrow('no such version');
  slow.resolve();
  await all;
  expect(seen).toEqual(['started', 'Error: no such version']);
});

test('resolves when all went well', async () => {
  await expect(allEnded([Promise.resolve(), Promise.resolve()])).resolves.toBeUndefined();
});
