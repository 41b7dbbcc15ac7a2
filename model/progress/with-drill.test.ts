import { expect, it } from 'vitest';
import type { Progress } from './progress.ts';
import { withDrill, withWhiteboard } from './with-drill.ts';

const NOTHING: Progress = {
  formatVersion: 1,
  kind: 'progress',
  at: null,
  lessons: {},
  decisions: {},
  drills: [],
  whiteboards: [],
};
const answer = { question: 'a/b', topic: 'a', variant: '', given: 1, truth: 1, right: true };

it('keeps a drill once, however often it goes on', () => {
  const first = withDrill(NOTHING, { at: 'now', seed: 1, answers: [answer] });
  const second = withDrill(first, { at: 'now', seed: 1, answers: [answer, answer] });
  const third = withDrill(second, { at: 'later', seed: 1, answers: [answer] });
  expect(third.drills.map(({ at, answers }) => `${at} ${answers.length}`)).toEqual(['now 2', 'later 1']);
});

it('keeps a whiteboard once', () => {
  const first = withWhiteboard(NOTHING, { at: 'now', order: ['a'], taken_s: {}, right: true });
  const second = withWhiteboard(first, { at: 'now', order: ['a'], taken_s: { a: 60 }, right: true });
  expect(second.whiteboards).toEqual([{ at: 'now', order: ['a'], taken_s: { a: 60 }, right: true }]);
});
