import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { readPlan } from '../plan/read-plan.ts';
import { askQuestion } from './ask-question.ts';
import { readDrill, topicName } from './read-drill.ts';

const PLAN = readPlan(
  'shop.yaml',
  `
plan: shop
assume:
  users: 10M users
  requests.each: 20 req/user/day
  peak.factor: 3
derive:
  traffic: { formula: users * requests.each, unit: req/s }
`,
);
const PLANS = new Map([['shop', PLAN]]);

function read(text: string): ReturnType<typeof readDrill> {
  return readDrill('lessons/drill/1-traffic.yaml', text, PLANS);
}

function problemsOf(text: string): string[] {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.diagnostics.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
  }
  return [];
}

const GOOD = `
drill: Traffic
lesson: amazon-shop 1
plan: shop
questions:
  average:
    asks: '{users} make {requests.each * 1 user * 1 day | req} a day each. How many a second?'
    hint: 'Divide by {1 day | s}.'
    answer: traffic | req/s
    means: Remember it.
    vary:
      users: [1M users, 5M users]
      requests.each: [10 req/user/day, 40 req/user/day]
  peak:
    asks: '{traffic} on the average, {peak.factor} times that at the peak. How many?'
    hint: Times.
    answer: traffic * peak.factor | req/s
`;

describe('readDrill', () => {
  it('makes every combination a variation, and the plan the one where nothing varies', () => {
    const { name, title, questions } = read(GOOD);
    expect({ name, title }).toEqual({ name: 'traffic', title: 'Traffic' });
    expect(questions.map(({ id, variants }) => [id, variants.map((variant) => variant.id)])).toEqual([
      [
        'traffic/average',
        [
          'users=1M users, requests.each=10 req/user/day',
          'users=1M users, requests.each=40 req/user/day',
          'users=5M users, requests.each=10 req/user/day',
          'users=5M users, requests.each=40 req/user/day',
        ],
      ],
      ['traffic/peak', ['']],
    ]);
  });

  it('fills the texts with the figures of the variation, and computes the truth with them', () => {
    const [question] = read(GOOD).questions;
    const [variant] = question?.variants ?? [];
    if (!question || !variant) throw new Error('the question is missing');
    const asked = askQuestion({ question, variant });
    expect(asked).toMatchObject({
      asks: '1 million users make 10 requests a day each. How many a second?',
      hint: 'Divide by 86,400 s.',
      means: 'Remember it.',
      shown: '115.7 req/s',
      lesson: 'amazon-shop 1',
    });
    expect(asked.truth).toBeCloseTo(1e7 / 86_400);
    expect(asked.derivation.quantity).toBe('traffic');
    expect(asked.derivation.plan.quantities.get('users')?.source).toBe('given in the question');
  });

  it('derives a formula that the plan has no name for as the answer', () => {
    const question = read(GOOD).questions[1];
    if (!question) throw new Error('the question is missing');
    const { derivation } = askQuestion({ question, variant: { id: '', settings: [] } });
    expect(derivation.quantity).toBe('answer');
    expect(derivation.plan.quantities.get('answer')?.formula).toBe('traffic * peak.factor');
  });

  it('reports everything that is wrong with a file, each at its place', () => {
    const wrong = `
drill: Traffic
lesson: amazon-shop 1
plan: shop
questions:
  bare:
    asks: There are 7,000 of them, {usres} and {users}.
    hint: Divide by one hundred.
    answer: traffic
  varied:
    asks: How many?
    hint: Times.
    answer: traffic | req/s
    vary: { traffic: [5 req/s], users: [1M req, many], peek.factor: ['2'] }
  nowhere:
    plan: shopp
    asks: How many?
    hint: Times.
    answer: traffic | req/s
    extra: true
`;
    expect(problemsOf(wrong)).toEqual([
      '7:21 LESSON_BARE_NUMBER `7,000` stands here by itself',
      '7:37 LESSON_UNKNOWN_NAME nothing is called `usres`',
      '8:25 LESSON_BARE_NUMBER `hundred` stands here by itself',
      '9:13 LESSON_UNIT an answer needs a unit',
      '14:13 LESSON_TYPE `traffic` is no assumption',
      '14:41 LESSON_DIMENSION `1M req` is of another unit than `users`',
      '14:49 LESSON_TYPE `many` is not a number',
      '14:56 LESSON_UNKNOWN_NAME nothing is called `peek.factor`',
      '16:11 LESSON_UNKNOWN_NAME no plan is called `shopp`',
      '20:5 LESSON_UNKNOWN_KEY unknown key `extra` in question `nowhere`',
    ]);
  });

  it('refuses an answer that is nothing, or that only a lesson knows', () => {
    const answered = (answer: string): string =>
      `drill: T\nlesson: a 1\nplan: shop\nquestions:\n  q: { asks: How many?, hint: Think., answer: '${answer}' }\n`;
    expect(problemsOf(answered('traffic - traffic | req/s'))).toEqual(['5:47 LESSON_RANGE the answer is not above 0']);
    expect(problemsOf(answered('step_1.cost'))).toHaveLength(1);
  });
});

describe('topicName', () => {
  it.each([
    ['lessons/drill/1-traffic.yaml', 'traffic'],
    ['12-hit-ratio.yaml', 'hit-ratio'],
    ['mine.yaml', 'mine'],
  ])('of %s is %s', (path, name) => expect(topicName(path)).toBe(name));
});
