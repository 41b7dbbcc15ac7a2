import { describe, expect, it } from 'vitest';
import { answersOf, documentsAnswer, follow } from './follow.ts';
import type { DecisionAnswers } from './follow.ts';
import { FRAMEWORK } from './testing/framework.ts';

function after(answers: DecisionAnswers): [steps: string[], next: string | undefined, outcome: string | undefined] {
  const { steps, next, outcome } = follow(FRAMEWORK, answersOf(answers));
  return [steps.map(({ question, yes }) => `${question.id} ${yes ? 'yes' : 'no'}`), next?.id, outcome?.id];
}

describe('follow', () => {
  it('begins with the first question', () => expect(after({})).toEqual([[], 'team', undefined]));

  it('takes a number below the limit for yes, and the limit itself for no', () => {
    expect(after({ team: '9.5' })).toEqual([['team yes'], undefined, 'monolith']);
    expect(after({ team: '10' })).toEqual([['team no'], 'scaling', undefined]);
  });

  it('goes on until an answer is missing', () => {
    expect(after({ team: '12', scaling: 'no' })).toEqual([['team no', 'scaling no'], 'availability', undefined]);
  });

  it('leaves out answers to questions that are not on the way', () => {
    expect(after({ team: '12', scaling: 'yes', deadline: '1' })).toEqual([
      ['team no', 'scaling yes'],
      undefined,
      'services',
    ]);
  });

  it('counts an answer that cannot be read as none', () => {
    for (const team of ['', 'yes', '-1', 'NaN', 'Infinity']) expect(after({ team })).toEqual([[], 'team', undefined]);
    expect(after({ team: '12', scaling: '12' })).toEqual([['team no'], 'scaling', undefined]);
  });

  it('goes the way of the documents as far as they say', () => {
    const { steps, outcome } = follow(FRAMEWORK, documentsAnswer);
    expect([steps.length, outcome?.id]).toEqual([1, 'monolith']);
  });
});
