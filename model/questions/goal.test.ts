import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import type { Diagnostic } from '../document/diagnostic.ts';
import { readPlan } from '../plan/read-plan.ts';
import { goalDimensions, goalFigures } from './goal-figures.ts';
import { judgeGoal, parseGoal } from './goal.ts';
import type { Goal } from './goal.ts';

const PLAN = readPlan(
  'plan.yaml',
  `
plan: small
assume: { load: 700 req/s, page.size: 2 KB }
architecture:
  - step: 1
    name: one
    tiers:
      load-balancer: { kind: nginx, instances: 1, demand: load, capacity: 1400 req/s }
      app: { kind: express, instances: 10, demand: load, capacity: 100 req/s, price: 73 $/month }
`,
);
const [STEP] = PLAN.steps;

function parsed(text: string): Goal {
  return parseGoal(text, { units: PLAN.units, dimensions: goalDimensions(PLAN, STEP) });
}

function complaint(text: string): Diagnostic | undefined {
  try {
    parsed(text);
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics[0];
    throw error;
  }
  throw new Error(`${text} was accepted`);
}

describe('a goal', () => {
  it.each([
    ['utilisation.app <= 70 %', true],
    ['utilisation.app < 70 %', false],
    ['utilisation.app<0.71', true],
    ['utilisation.app > 69 %', true],
    ['utilisation(app) >= 70 %', true],
    ['utilisation.load-balancer <= 50 %', true],
    ['utilisation( load-balancer ) < 50 %', false],
    ['70 % >= utilisation.app', true],
    ['cost.total <= $1/h', true],
    ['cost.total < 12 * $73/month', true],
    ['load * 2 <= 1,400 req/s', true],
    ['mm1_response(load, 1 ms) <= 4 ms', true],
    ['mm1_response(load, 2 ms) <= 4 ms', false],
    ['mm1_response(load, 2 ms) >= 4 ms', false],
  ])('%s is %s', (text, met) => {
    expect(judgeGoal(parsed(text), goalFigures(PLAN, STEP)).met).toBe(met);
  });

  it.each([
    ['utilisation.app 70 %', 'GOAL_SYNTAX', 'utilisation.app 70 %'],
    ['utilisation.app = 70 %', 'GOAL_SYNTAX', '='],
    ['utilisation.app ≤ 70 %', 'GOAL_SYNTAX', '≤'],
    ['0 < utilisation.app < 1', 'GOAL_SYNTAX', '<'],
    ['utilisation.app <=', 'GOAL_FORMULA', ''],
    ['load <= 5 reqs/fortnight', 'GOAL_UNIT', 'fortnight'],
    ['load <= 800', 'GOAL_DIMENSION', '800'],
    ['utilisation.app < 50', 'GOAL_UNIT', '50'],
    ['50 > utilisation(app)', 'GOAL_UNIT', '50'],
    ['load + page.size <= 800', 'GOAL_DIMENSION', 'load + page.size'],
    ['2 * utilisation.cache <= 1', 'GOAL_UNKNOWN_NAME', 'utilisation.cache'],
    ['utilisation.app <= 2 * lod', 'GOAL_UNKNOWN_NAME', 'lod'],
    ['mmc(load) <= 1', 'GOAL_UNKNOWN_NAME', 'mmc'],
  ])('with a slip is refused where it slips: %s', (text, code, at) => {
    const found = complaint(text);
    expect(found).toMatchObject({ code, path: 'goal', line: 1 });
    const start = (found?.column ?? 0) - 1;
    expect(text.slice(start, start + (found?.length ?? 0))).toBe(at);
  });

  it.each([
    ['load <= 800', 'write it with its unit, as in `800 req/s`'],
    ['cost.total <= 800', 'write it with its unit, as in `$800/month`'],
    ['cost.totl <= $8/month', 'did you mean `cost.total`?'],
    ['utilization.app <= 1', 'did you mean `utilisation.app`?'],
    ['load ≥ 1 req/s', 'write >='],
    ['utilisation.app < 50', 'write `50 %`'],
  ])('%s gets help', (text, help) => {
    expect(complaint(text)?.help).toBe(help);
  });
});
