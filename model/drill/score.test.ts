import { describe, expect, it } from 'vitest';
import type { DrillAnswer, DrillRecord } from '../progress/progress.ts';
import { scoreOf } from './score.ts';

/** `+` right, `-` wrong, `s` skipped. */
function drill(seed: number, topic: string, answers: string): DrillRecord {
  const all = [...answers].map((sign, index): DrillAnswer => {
    const given = sign === 's' ? null : 1;
    return { question: `${topic}/${index}`, topic, variant: '', given, truth: 1, right: sign === '+' };
  });
  return { at: `2026-01-0${seed}T00:00:00Z`, seed, answers: all };
}

describe('scoreOf', () => {
  it('counts by topic, those that were never asked included', () => {
    const score = scoreOf([drill(1, 'traffic', '++-s++'), drill(2, 'cache', '+')], ['traffic', 'cache', 'cost']);
    expect(score.total).toMatchObject({ asked: 7, right: 5, skipped: 1 });
    expect(score.topics).toMatchObject([
      { topic: 'traffic', asked: 6, right: 4, skipped: 1, isKnown: true },
      { topic: 'cache', asked: 1, right: 1, isKnown: false },
      { topic: 'cost', asked: 0, share: null, isKnown: false },
    ]);
  });

  it('counts a drill that is repeated once, and of a longer repetition what is new', () => {
    const again = { ...drill(2, 'traffic', '++++'), seed: 1 };
    const score = scoreOf([drill(1, 'traffic', '--'), again, { ...again, at: 'later' }], ['traffic']);
    expect(score.total).toMatchObject({ asked: 4, right: 2 });
    expect(score.drills.map(({ asked, right }) => [asked, right])).toEqual([
      [2, 0],
      [2, 2],
    ]);
  });

  it('says what to practise, the weakest first, where there are enough answers', () => {
    const drills = [
      drill(1, 'traffic', '+++--'),
      drill(2, 'cache', '+----'),
      drill(3, 'cost', '--'),
      drill(4, 'latency', '+++++'),
    ];
    expect(scoreOf(drills, ['traffic', 'cache', 'cost', 'latency']).practise).toEqual(['cache', 'traffic']);
  });

  it.each([
    [['+-+-+', '+-+-+', '+++++', '+++++', '+++++'], 'better'],
    [['+++++', '+++++', '-----', '+----', '-----'], 'worse'],
    [['+++--', '+++--', '+++--', '+++--', '+++--'], 'the same'],
    [['+++++', '+++++', '+++++'], 'too early'],
    [['+', '+++++', '+++++', '+++++'], 'too early'],
    [[], 'too early'],
  ])('the trend of %j is %s', (answers, trend) => {
    const drills = answers.map((each, index) => drill(index + 1, 'traffic', each));
    expect(scoreOf(drills, ['traffic']).trend.is).toBe(trend);
  });
});
