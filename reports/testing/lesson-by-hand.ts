import type { Decision } from '../../model/decision/decision.ts';
import { parseCriterion, isCriterionProblem } from '../../model/judge/criterion.ts';
import type { Experiment, Lesson, Side } from '../../model/lesson/lesson.ts';
import type { StoredMeasurements } from '../../model/lesson/stored-measurement.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { readPlan } from '../../model/plan/read-plan.ts';

/** A plan of two steps, the second of which mends the first. */
export const TAUGHT_PLAN: Plan = readPlan(
  'plan.yaml',
  `
plan: mine
title: My shop
documents: { brief: The brief }
assume:
  reads: { value: '12,000 query/s', source: 'brief, Load' }
  hit_ratio: { value: 80 %, source: 'brief, Cache' }
  database.capacity: '10,000 query/s/server'
derive:
  database.reads: reads * (1 - hit_ratio)
architecture:
  - step: 1
    name: A database
    tiers:
      app: { kind: express, instances: 2, calls: [database], demand: reads, capacity: '8,000 query/s/server', price: $100/server/month }
      database: { kind: postgres, instances: 1, demand: reads, capacity: database.capacity, price: $750/server/month }
  - step: 2
    name: A cache
    tiers:
      cache: { kind: redis, instances: 1, demand: reads, capacity: '90,000 query/s/server', price: $200/server/month }
      app: { instances: 3, calls: [cache, database] }
      database: { demand: database.reads }
claims:
  brief.reads:
    { document: brief, section: Load, says: '< 2,000 query/s', computed: database.reads, known: contradicted, note: a fifth is more }
  brief.hit_ratio:
    document: brief
    section: Cache
    says: 80 %
    asks: does the cache answer four in five?
    measured: { scenario: peak, step: 2, metric: 'ratio(cache.hits, cache.misses)' }
`,
);

export const TAUGHT_MEASUREMENTS: StoredMeasurements = {
  formatVersion: 1,
  date: '2026-11-21',
  machine: 'two cores',
  command: 'shop-plan verify --full',
  readings: [
    {
      plan: 'mine',
      claim: 'brief.hit_ratio',
      by: 'measured',
      value: 0.8072,
      unit: '',
      scenario: 'peak',
      step: 2,
      metric: 'ratio(cache.hits, cache.misses)',
    },
  ],
};

const decision: Decision = {
  title: 'One program or several',
  questions: [
    {
      id: 'team',
      asks: 'How many engineers?',
      hint: 'Count those who write code.',
      number: { unit: 'engineer', below: 10, shown: '10 engineers' },
      yes: { to: 'one', because: 'Few people need few parts.' },
      no: { to: 'apart', because: 'Many people are in each other’s way.' },
      documents: { yes: true, shown: 'yes, 4 engineers' },
    },
    {
      id: 'apart',
      asks: 'Is "apart" <b>needed</b>?',
      hint: '',
      number: null,
      yes: { to: 'several', because: 'Parts fail alone.' },
      no: { to: 'one', because: 'Nothing asks for it.' },
      documents: null,
    },
  ],
  outcomes: [
    { id: 'one', title: 'One program', text: 'Keep it whole.' },
    { id: 'several', title: 'Several services', text: 'Cut where teams are.' },
  ],
};

const trial: Experiment['servers'] = {
  before: side('one database', 1),
  after: side('with a cache', 2),
  goals: ['p95(latency) < 500 ms'].flatMap((text) => {
    const criterion = parseCriterion(text);
    return isCriterionProblem(criterion) ? [] : [criterion];
  }),
  shows: [{ title: 'Queries a request', metric: 'per_request(database.queries)' }],
};

function side(title: string, step: number): Side {
  return { title, scenario: 'peak', step, set: step === 1 ? ['cache.instances=1'] : [] };
}

/** A lesson about `TAUGHT_PLAN` that has something for every page. */
export const LESSON: Lesson = {
  id: 'mine/1',
  course: 'mine',
  number: 1,
  title: 'A cache in front',
  path: 'lessons/mine/1-cache.yaml',
  plan: 'mine',
  before: 1,
  step: 2,
  question: {
    asks: 'How many reads reach the database?',
    hint: 'Look at `reads`.',
    answer: 'All of them.',
    guess: { value: 12_000, unit: 'query/s' },
  },
  have: 'App servers and a database.',
  breaks: 'More is asked than one database answers.',
  arithmetic: ['database.reads'],
  adds: 'A cache:\n- it answers most reads\n- the database the rest',
  costs: 'A node more.',
  measured: ['brief.reads', 'brief.hit_ratio'],
  means: 'It helps.',
  say: 'I would put a cache in front.',
  tradeoffs: ['stale reads', 'one more thing to run'],
  next: {
    asks: 'What if the cache dies?',
    hint: 'Who answers then?',
    answer: 'The database, for a while.',
    guess: null,
  },
  goals: [{ says: 'What is asked', before: '12,000 query/s', after: '2,400 query/s', limit: '<= 10,000 query/s' }],
  experiment: { title: 'Two at the same load', asks: 'Look at the queries.', servers: trial, simulator: trial },
  decision,
  commands: ['explain database.reads'],
  links: ['docs/formulas.md#caching'],
};
