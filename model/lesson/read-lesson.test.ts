import { describe, expect, test } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { readPlan } from '../plan/read-plan.ts';
import { MEASUREMENTS_FORMAT_VERSION } from './stored-measurement.ts';
import type { StoredMeasurements } from './stored-measurement.ts';
import { readLesson } from './read-lesson.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: mine
documents: { doc: The document }
assume:
  load: { value: '7,000 req/s' }
  each: { value: '1,000 req/s/server' }
  hits: 80 %
derive:
  needed: { formula: 'servers(load, each, 20 %)' }
  misses: load * (1 - hits)
architecture:
  - { step: 1, name: one, tiers: { web-app: { kind: express, instances: 1, demand: load, capacity: each, price: $365/month/server } } }
  - { step: 2, name: more, tiers: { web-app: { instances: needed } } }
claims:
  doc.hit-ratio: { document: doc, section: one, says: '>= 80 %', computed: hits }
  doc.failover: { document: doc, section: one, says: 30..60 s }
  doc.size: { document: doc, section: one, says: ~1.6 PB }
`,
);
const MEASUREMENTS: StoredMeasurements = {
  formatVersion: MEASUREMENTS_FORMAT_VERSION,
  date: '2026-01-01',
  machine: 'two cores',
  command: 'verify',
  readings: [
    {
      plan: 'mine',
      claim: 'doc.failover',
      by: 'measured',
      value: 33.52,
      unit: 's',
      scenario: 'f',
      step: 2,
      metric: 'm',
    },
    {
      plan: 'mine',
      claim: 'doc.hit-ratio',
      by: 'simulated',
      value: 0.7998,
      unit: '',
      scenario: 'f',
      step: 2,
      metric: 'm',
    },
    { plan: 'other', claim: 'doc.size', by: 'measured', value: 1, unit: 'B', scenario: 'f', step: 2, metric: 'm' },
  ],
};
const QUESTION = '{ asks: How many?, hint: Divide., answer: Enough. }';
const WHOLE = {
  lesson: 'More servers',
  plan: 'mine',
  before: '1',
  step: '2',
  question: QUESTION,
  have: 'A server.',
  breaks: 'It.',
  adds: 'More.',
  costs: 'Money.',
  say: 'So.',
  tradeoffs: '[Some.]',
  next: QUESTION,
  goals:
    "[{ says: Use, before: step_1.web_app.utilisation | %, after: step_2.web_app.utilisation, limit: '<= 100 %' }]",
};

const fileOf = (changes: Readonly<Record<string, string>>): string =>
  Object.entries({ ...WHOLE, ...changes })
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
const read = (changes: Readonly<Record<string, string>>) =>
  readLesson('lessons/shop/2-more.yaml', fileOf(changes), { plan: PLAN, measurements: MEASUREMENTS, lessons: [1, 2] });

/** Code and marked characters of each problem of a file. */
function problemsOf(changes: Readonly<Record<string, string>>): string[] {
  const lines = fileOf(changes).split('\n');
  try {
    read(changes);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.diagnostics.map(
      ({ code, line, column, length }) => `${code} ${lines[line - 1]?.slice(column - 1, column - 1 + length) ?? ''}`,
    );
  }
  return [];
}

describe('a lesson', () => {
  test('says by its path where it stands', () => {
    expect(read({})).toMatchObject({ id: 'shop/2', course: 'shop', number: 2, title: 'More servers', plan: 'mine' });
    expect(read({})).toMatchObject({ before: 1, step: 2, experiment: null, decision: null, means: '', measured: [] });
  });

  test.each([
    ['{load}', '7,000 req/s'],
    ['{needed}', '9 servers'],
    ['{1 server} or {needed - 6 servers}', '1 server or 3 servers'],
    ['{hits}, {1 - hits}, {1 - hits | %}', '80 %, 0.2, 20 %'],
    ['{misses | 2 digits}', '1,400 req/s'],
    ['{misses | req/min | 2 digits}', '84,000 requests a minute'],
    ['{ step_1.web_app.utilisation | % }', '700 %'],
    ['{step_2.web_app.instances} of {step_2.web_app.needed}', '9 servers of 7 servers'],
    ['{step_1.web_app.capacity}', '1,000 req/s'],
    ['{step_2.cost - step_1.cost | $/month}', '$2,920 a month'],
    ['{step_2.cost}', '$3,285 a month'],
    ['{claimed.doc.size}, {claimed.doc.failover}', '~1.6 PB, 30 to 60 s'],
    ['{claimed.doc.hit-ratio}, {claimed.doc.hit_ratio}', '>= 80 %, >= 80 %'],
    ['{claimed.doc.size / 2}, {claimed.doc.failover.high}', '800 TB, 60 s'],
    ['{measured.doc.failover | 2 digits}', '34 s'],
    ['{simulated.doc.hit_ratio}', '79.98 %'],
    ['{86_400 s | s}', '86,400 s'],
    ['p95 of step 2 as in lesson 1', 'p95 of step 2 as in lesson 1'],
  ])('fills %s', (text, filled) => expect(read({ have: `'${text}'` }).have).toBe(filled));

  test('keeps paragraphs and lists', () => {
    expect(read({ have: '|\n  One.\n\n  - {load}\n  - `code`\n' }).have).toBe('One.\n\n- 7,000 req/s\n- `code`');
  });

  test('has goals that read in one unit', () => {
    expect(read({}).goals).toEqual([{ says: 'Use', before: '700 %', after: '77.78 %', limit: '<= 100 %' }]);
  });

  test('has questions with a number to guess, in the unit that it is shown in', () => {
    const guess = (formula: string) =>
      read({ question: `{ asks: How many?, hint: Divide., answer: Enough., guess: ${formula} }` }).question.guess;
    expect(guess('needed')).toEqual({ value: 9, unit: 'server' });
    expect(guess('hits')).toEqual({ value: 0.8, unit: '%' });
    expect(guess('claimed.doc.size / 2')).toEqual({ value: 8e14, unit: 'TB' });
    expect(guess('step_2.cost')?.unit).toBe('USD/month');
  });

  test('has ids of quantities and claims, commands and links', () => {
    const given = {
      arithmetic: '[needed]',
      measured: '[doc.hit-ratio]',
      commands: '[explain needed]',
      links: '[docs/a.md#b]',
    };
    expect(read(given)).toMatchObject({
      arithmetic: ['needed'],
      measured: ['doc.hit-ratio'],
      commands: ['explain needed'],
      links: ['docs/a.md#b'],
    });
  });

  test('has an experiment, with criteria and settings that are checked', () => {
    const side = '{ title: one, scenario: peak, step: 1, set: [hits=50 %] }';
    const trial = `{ before: ${side}, after: ${side}, goals: [p95(latency) < 100 ms], shows: { Errors: error_rate } }`;
    const { experiment } = read({ experiment: `{ title: T, asks: A, servers: ${trial}, simulator: ${trial} }` });
    expect(experiment?.servers).toMatchObject({
      before: { scenario: 'peak', step: 1, set: ['hits=50 %'] },
      goals: [{ text: 'p95(latency) < 100 ms' }],
      shows: [{ title: 'Errors', metric: 'error_rate' }],
    });
    const wrong = trial.replace('hits=50', 'hit=50').replace('error_rate', 'eror_rate');
    expect(problemsOf({ experiment: `{ title: T, asks: A, servers: ${wrong}, simulator: ${trial} }` })).toEqual([
      'LESSON_UNKNOWN_NAME hit',
      'LESSON_CRITERION eror_rate',
    ]);
  });
});

describe('goals of an experiment', () => {
  const side = '{ title: one, scenario: peak, step: 1 }';
  const experiment = (goals: string): Record<string, string> => {
    const trial = `{ before: ${side}, after: ${side}, goals: ${goals} }`;
    return { experiment: `{ title: T, asks: A, servers: ${trial}, simulator: ${trial} }` };
  };

  test('may have titles', () => {
    const { servers } = read(experiment('{ Slow answers: p95(latency) < 100 ms, Errors: error_rate < 1 % in peak }'))
      .experiment ?? { servers: null };
    expect(servers?.goals).toMatchObject([
      { title: 'Slow answers', text: 'p95(latency) < 100 ms' },
      { title: 'Errors', text: 'error_rate < 1 % in peak', phase: 'peak' },
    ]);
  });

  test.each([
    ['{}', 'LESSON_RANGE {}'],
    ['[]', 'LESSON_RANGE []'],
    ['none', 'LESSON_TYPE none'],
    ['{ Errors of 5 pages: error_rate < 1 % }', 'LESSON_BARE_NUMBER 5'],
    ['{ Errors: eror_rate < 1 % }', 'LESSON_CRITERION eror_rate'],
  ])('are refused: %s', (goals, problem) => {
    expect(problemsOf(experiment(goals))[0]).toBe(problem);
  });
});

describe('a lesson is refused', () => {
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['for a number by itself', { have: 'There are 9 servers' }, 'LESSON_BARE_NUMBER 9'],
    ['for one in words, in a list', { tradeoffs: '[fine, Seven servers]' }, 'LESSON_BARE_NUMBER Seven'],
    ['for one in its title', { lesson: 'For 7k users' }, 'LESSON_BARE_NUMBER 7k'],
    ['for a name that nothing has', { have: '"About {laod}"' }, 'LESSON_UNKNOWN_NAME laod'],
    ['for it in a block', { have: '|\n  About\n  {1 - hit}\n' }, 'LESSON_UNKNOWN_NAME hit'],
    ['for a claim that there is not', { have: '"{claimed.doc.sise}"' }, 'LESSON_UNKNOWN_NAME claimed.doc.sise'],
    ['for a range as a number', { have: '"{claimed.doc.failover * 2}"' }, 'LESSON_UNKNOWN_NAME claimed.doc.failover'],
    ['for a reading that is not stored', { have: '"{measured.doc.size}"' }, 'LESSON_UNKNOWN_NAME measured.doc.size'],
    ['for a unit of another dimension', { have: '"{load | ms}"' }, 'LESSON_DIMENSION load'],
    ['for a word that is no unit', { have: '"{load | req/sec2}"' }, 'LESSON_UNIT req/sec2'],
    ['for a formula that is none', { have: '"{load * }"' }, 'LESSON_FORMULA  '],
    ['for a sum of unlike things', { have: '"{load + needed}"' }, 'LESSON_DIMENSION load + needed'],
    ['for a division by zero', { have: '"{load / (needed - 9 servers)}"' }, 'LESSON_NOT_FINITE needed - 9 servers'],
    ['for half a brace', { have: '"load}"' }, 'LESSON_FORMULA }'],
    ['for a heading', { have: '"# So"' }, 'LESSON_TYPE #'],
    ['for a step that there is not', { say: 'as in step 3' }, 'LESSON_UNKNOWN_NAME 3'],
    ['for a lesson that there is not', { say: 'as in lesson 3' }, 'LESSON_UNKNOWN_NAME 3'],
    ['for another plan', { plan: 'yours' }, 'LESSON_UNKNOWN_NAME yours'],
    ['for steps in the wrong order', { before: '2' }, 'LESSON_UPSIDE_DOWN 2'],
    ['for a quantity that there is not', { arithmetic: '[need]' }, 'LESSON_UNKNOWN_NAME need'],
    ['for a claim without a place', { measured: '[doc.hits]' }, 'LESSON_UNKNOWN_NAME doc.hits'],
    ['for a command with our name', { commands: '[shop-plan audit]' }, 'LESSON_TYPE shop-plan audit'],
    ['for a link that leads away', { links: '[https://example.org]' }, 'LESSON_TYPE https://example.org'],
    ['for a step without a goal', { goals: '[]' }, 'LESSON_MISSING_KEY []'],
  ])('%s', (_why, changes, problem) => expect(problemsOf(changes)).toEqual([problem]));

  test('for a goal that comes out otherwise', () => {
    const goal = (before: string, after: string) =>
      `[{ says: Use, before: ${before}, after: ${after}, limit: '<= load' }]`;
    expect(problemsOf({ goals: goal('load', 'misses') })).toEqual(['LESSON_GOAL load']);
    expect(problemsOf({ goals: goal('load * 2', 'load * 3') })).toEqual(['LESSON_GOAL load * 3']);
    expect(problemsOf({ goals: goal('needed', 'load') })).toEqual(['LESSON_DIMENSION needed']);
  });

  test('for a file whose name says no number', () => {
    const file = () => readLesson('lessons/more.yaml', fileOf({}), { plan: PLAN, measurements: MEASUREMENTS });
    expect(file).toThrow('1 error');
  });
});
