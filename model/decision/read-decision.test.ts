import { describe, expect, it } from 'vitest';
import { Source } from '../document/source.ts';
import { lessonValues } from '../lesson/lesson-values.ts';
import { MEASUREMENTS_FORMAT_VERSION } from '../lesson/stored-measurement.ts';
import { readPlan } from '../plan/read-plan.ts';
import type { Decision } from './decision.ts';
import { readDecision } from './read-decision.ts';

const PLAN = readPlan(
  'plan.yaml',
  'plan: mine\nunits: [engineer]\nassume: { team: 7 engineers, team.limit: 10 engineers, time: 16 weeks, time.limit: 4 weeks }\n',
);
const VALUES = lessonValues(PLAN, {
  formatVersion: MEASUREMENTS_FORMAT_VERSION,
  date: '2026-01-01',
  machine: 'none',
  command: 'none',
  readings: [],
});

const QUESTIONS = `
  team:
    asks: How many?
    hint: Count.
    number: { unit: engineer, below: team.limit }
    documents: team
    yes: { to: one, because: 'Fewer than {team.limit}.' }
    no: { to: outage, because: Many. }
  outage:
    asks: May it stop?
    hint: At night?
    documents: no
    yes: { to: one, because: It may. }
    no: { to: many, because: It may not. }
`;
const OUTCOMES = `
  one: { title: One, text: One program. }
  many: { title: Many, text: Many programs. }
`;

function read(questions: string, outcomes = OUTCOMES): { decision: Decision | undefined; problems: string[] } {
  const source = new Source('lesson.yaml', `title: Which?\nquestions:${questions}outcomes:${outcomes}`, 'LESSON');
  const decision = readDecision(source, source.root, { source, plan: PLAN, values: VALUES, lessons: [1] });
  const lines = source.text.split('\n');
  const problems = source.diagnostics.map(({ code, line, column, length, message }) => {
    const at = lines[line - 1]?.slice(column - 1, column - 1 + length) ?? '';
    return `${code} at ${at}: ${message}`;
  });
  return { decision, problems };
}

describe('readDecision', () => {
  it('fills texts, limits and what the documents answer from the plan', () => {
    const { decision, problems } = read(QUESTIONS);
    expect(problems).toEqual([]);
    expect(decision).toMatchObject({
      title: 'Which?',
      questions: [
        {
          id: 'team',
          number: { unit: 'engineer', below: 10, shown: '10 engineers' },
          documents: { yes: true, shown: '7 engineers' },
          yes: { to: 'one', because: 'Fewer than 10 engineers.' },
        },
        { id: 'outage', number: null, documents: { yes: false, shown: 'no' } },
      ],
      outcomes: [{ id: 'one' }, { id: 'many', text: 'Many programs.' }],
    });
  });

  it.each([
    [
      'an answer that leads nowhere',
      { from: 'no: { to: many,', to: 'no: { to: manny,' },
      ['LESSON_UNKNOWN_NAME at manny: no question or outcome is called `manny`'],
    ],
    [
      'a circle',
      { from: 'yes: { to: one, because: It may. }', to: 'yes: { to: team, because: It may. }' },
      ['LESSON_CYCLE at team: this leads back to `team`'],
    ],
    [
      'an outcome that no answer leads to',
      { from: 'no: { to: many,', to: 'no: { to: one,' },
      ['LESSON_UNREACHABLE at many: no answer leads to `many`'],
    ],
    [
      'a question that no answer leads to',
      { from: 'no: { to: outage,', to: 'no: { to: many,' },
      ['LESSON_UNREACHABLE at outage: no answer leads to `outage`'],
    ],
    [
      'a missing reason',
      { from: ', because: It may not. }', to: ' }' },
      ['LESSON_MISSING_KEY at { to: many }: `no` needs `because`'],
    ],
    [
      'a number where yes or no is asked for',
      { from: 'documents: no', to: 'documents: team' },
      ['LESSON_UNKNOWN_CHOICE at team: `documents` cannot be `team`'],
    ],
    [
      'a limit in another unit',
      { from: 'below: team.limit', to: 'below: time.limit' },
      ['LESSON_DIMENSION at time.limit: this is in s, but the question asks for `engineer`'],
    ],
    [
      'an answer of the documents in another unit',
      { from: 'documents: team', to: 'documents: time' },
      ['LESSON_DIMENSION at time: this is in s, but the question asks for `engineer`'],
    ],
    [
      'a number in a text',
      { from: 'May it stop?', to: 'May it stop for 5 hours?' },
      ['LESSON_BARE_NUMBER at 5: `5` stands here by itself'],
    ],
  ])('refuses %s', (_, { from, to }, problems) => {
    expect(QUESTIONS).toContain(from);
    expect(read(QUESTIONS.replace(from, to))).toEqual({ decision: undefined, problems });
  });

  it('refuses a name that is a question and an outcome', () => {
    const outcomes = `${OUTCOMES}  outage: { title: Other, text: Another one. }\n`;
    expect(read(QUESTIONS, outcomes).problems).toEqual(['LESSON_DUPLICATE at outage: `outage` is a question, too']);
  });

  it('refuses a decision without questions', () => {
    expect(read(' {}\n').problems).toEqual([
      'LESSON_MISSING_KEY at {}: a decision without questions decides nothing',
      'LESSON_UNREACHABLE at one: no answer leads to `one`',
      'LESSON_UNREACHABLE at many: no answer leads to `many`',
    ]);
  });
});
