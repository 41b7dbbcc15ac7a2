import { expect, test } from 'vitest';
import { turns } from './turns.ts';

test('no more jobs at a time than there are turns, in order, also after a failure', async () => {
  const inTurn = turns(2);
  const started: number[] = [];
  const ends: PromiseWithResolvers<void>[] = [];
  const results = [0, 1, 2, 3].map((job) =>
    inTurn(async () => {
      started.push(job);
      ends[job] = Promise.withResolvers();
      await ends[job].promise;
      return job;
    }),
  );
  expect(started).toEqual([0, 1]);
  ends[1]?.reject(new Error('broken'));
  await expect(results[1]).rejects.toThrow('broken');
  expect(started).toEqual([0, 1, 2]);
  ends[0]?.resolve();
  expect(await results[0]).toBe(0);
  expect(started).toEqual([0, 1, 2, 3]);
  ends[2]?.resolve();
  ends[3]?.resolve();
  expect(await Promise.all([results[2], results[3]])).toEqual([2, 3]);
});
