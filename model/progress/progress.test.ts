import { describe, expect, it } from 'vitest';
import { NO_PROGRESS } from './no-progress.ts';
import type { Progress } from './progress.ts';
import { readProgress } from './read-progress.ts';
import { withoutLessons, withPage } from './with-page.ts';

const PROGRESS: Progress = {
  ...NO_PROGRESS,
  at: { lesson: 'amazon-shop/2', page: 'costs' },
  lessons: {
    'amazon-shop/1': { seen: ['have', 'next'], done: true },
    'amazon-shop/2': { seen: ['have'], done: false },
  },
  decisions: { 'order-management/1': { team: '10', time: 'yes' } },
  drills: [
    {
      at: '2026-01-01T00:00:00.000Z',
      seed: 7,
      answers: [{ question: 'q', topic: 'traffic', variant: 'v', given: null, truth: 7_000, right: false }],
    },
  ],
  whiteboards: [{ at: '2026-01-01T00:00:00.000Z', order: ['core'], taken_s: { core: 310 }, right: true }],
};

describe('progress that is read', () => {
  it.each([NO_PROGRESS, PROGRESS])('is what was written', (progress) => {
    expect(readProgress(JSON.stringify(progress))).toEqual(progress);
  });

  it.each<[string, string, boolean]>([
    ['', 'it is empty', false],
    ['{"formatVersion": 1, "ki', 'it is not JSON, or not all of it', false],
    ['[]', 'it is not JSON, or not all of it', false],
    ['{"kind": "run", "formatVersion": 1}', 'it is not the progress of a walk', false],
    ['{"kind": "progress"}', 'its format is unknown', false],
    ['{"kind": "progress", "formatVersion": 2}', 'it was written by a newer shop-plan (format 2)', true],
    ['{"kind": "progress", "formatVersion": 1}', 'it is damaged at `at`', false],
    [JSON.stringify({ ...PROGRESS, at: { lesson: 3 } }), 'it is damaged at `at`', false],
    [JSON.stringify({ ...PROGRESS, lessons: { a: { seen: 'x', done: true } } }), 'it is damaged at `lessons`', false],
    [JSON.stringify({ ...PROGRESS, lessons: [] }), 'it is damaged at `lessons`', false],
    [JSON.stringify({ ...PROGRESS, decisions: { a: { b: 3 } } }), 'it is damaged at `decisions`', false],
    [JSON.stringify({ ...PROGRESS, drills: [{ at: '', seed: 1 }] }), 'it is damaged at `drills`', false],
    [JSON.stringify({ ...PROGRESS, whiteboards: {} }), 'it is damaged at `whiteboards`', false],
  ])('from %j is a problem', (text, problem, isNewer) => {
    expect(readProgress(text)).toEqual({ problem, isNewer });
  });
});

describe('a page that was opened', () => {
  const opened = { lesson: 'amazon-shop/2', page: 'breaks', isLast: false };

  it('is where the walk goes on, and is kept once', () => {
    const once = withPage(PROGRESS, opened);
    expect(once.at).toEqual({ lesson: 'amazon-shop/2', page: 'breaks' });
    expect(once.lessons['amazon-shop/2']).toEqual({ seen: ['have', 'breaks'], done: false });
    expect(withPage(once, opened)).toEqual(once);
    expect(once.lessons['amazon-shop/1']).toEqual(PROGRESS.lessons['amazon-shop/1']);
  });

  it('makes its lesson done when it is the last, for ever', () => {
    const done = withPage(PROGRESS, { ...opened, isLast: true });
    expect(done.lessons['amazon-shop/2']?.done).toBe(true);
    expect(withPage(done, { ...opened, page: 'have' }).lessons['amazon-shop/2']?.done).toBe(true);
  });
});

describe('lessons that are forgotten', () => {
  it('leave the others, and what was drilled', () => {
    const { lessons, at, drills } = withoutLessons(PROGRESS, ['amazon-shop/1']);
    expect({ lessons: Object.keys(lessons), at, drills }).toEqual({
      lessons: ['amazon-shop/2'],
      at: PROGRESS.at,
      drills: PROGRESS.drills,
    });
  });

  it('are not where the walk goes on', () => {
    expect(withoutLessons(PROGRESS, ['amazon-shop/2']).at).toBeNull();
  });
});
