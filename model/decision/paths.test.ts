import { describe, expect, it } from 'vitest';
import { answersOf, follow } from './follow.ts';
import type { DecisionAnswers } from './follow.ts';
import { earlyEnds, idleQuestions, possibleOutcomes, turnsOf } from './paths.ts';
import { FRAMEWORK } from './testing/framework.ts';

const ids = (all: readonly { readonly id: string }[]): string[] => all.map(({ id }) => id);

describe('what a tree does without saying so', () => {
  it('names the question whose answers both lead to the same outcome', () => {
    expect(ids(idleQuestions(FRAMEWORK))).toEqual(['deadline']);
  });

  it('names answers that end it before others could speak against them', () => {
    expect(
      earlyEnds(FRAMEWORK).map(({ question, yes, outcome, unasked, against }) => [
        `${question.id} ${yes ? 'yes' : 'no'}: ${outcome.id}`,
        ids(unasked),
        ids(against),
      ]),
    ).toEqual([
      ['team yes: monolith', ['scaling', 'availability', 'deadline'], ['services']],
      ['scaling yes: services', ['availability', 'deadline'], ['monolith']],
      ['availability yes: services', ['deadline'], ['monolith']],
    ]);
  });

  it('says nothing of a tree that weighs every answer', () => {
    const questions = FRAMEWORK.questions.slice(2, 3).map((each) => ({ ...each, no: { to: 'monolith', because: '' } }));
    const tree = { ...FRAMEWORK, questions };
    expect([idleQuestions(tree), earlyEnds(tree)]).toEqual([[], []]);
  });
});

describe('possibleOutcomes', () => {
  it('is all that can be come by', () => {
    expect(ids(possibleOutcomes(FRAMEWORK, 'scaling'))).toEqual(['monolith', 'services']);
    expect(ids(possibleOutcomes(FRAMEWORK, 'deadline'))).toEqual(['monolith']);
    expect(ids(possibleOutcomes(FRAMEWORK, 'services'))).toEqual(['services']);
  });

  it('keeps to answers that are known', () => {
    const answerOf = answersOf({ availability: 'no' });
    expect(ids(possibleOutcomes(FRAMEWORK, 'availability', answerOf))).toEqual(['monolith']);
  });
});

describe('turnsOf', () => {
  const turns = (answers: DecisionAnswers): unknown => {
    const answerOf = answersOf(answers);
    const { steps } = follow(FRAMEWORK, answerOf);
    return turnsOf(FRAMEWORK, steps, answerOf).map(({ step, outcomes }) => [step.question.id, ids(outcomes)]);
  };

  it('says what the other answer to each question would have led to', () => {
    expect(turns({ team: '12', scaling: 'no', availability: 'yes' })).toEqual([
      ['team', ['monolith']],
      ['scaling', ['services']],
      ['availability', ['monolith']],
    ]);
  });

  it('leaves open what depends on questions that were not asked', () => {
    expect(turns({ team: '7' })).toEqual([['team', ['monolith', 'services']]]);
  });
});
