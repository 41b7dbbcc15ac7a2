import { array, assert, constantFrom, integer, letrec, oneof, property, record, tuple } from 'fast-check';
import type { Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { estimate } from '../estimate/estimate.ts';
import type { Estimate } from '../estimate/estimate.ts';
import { readPlan } from './read-plan.ts';

const NAMES = ['rate', 'size', 'time', 'count', 'share'] as const;
const ASSUME = `assume:
  rate: 120 req/s
  size: 4 KB/req
  time: 8 ms
  count: 3 servers
  share: 20 %
`;

/** Formulas over the names above, right or wrong. */
const { formula } = letrec<{ formula: string }>((tie) => ({
  formula: oneof(
    { maxDepth: 4 },
    constantFrom(...NAMES),
    constantFrom('2', '0', '1.5 req/s', '7 GB', '3 days', '$5/server/month', '10M users'),
    tuple(tie('formula'), constantFrom('+', '-', '*', '/', '^'), tie('formula')).map(
      ([a, op, b]) => `(${a} ${op} ${b})`,
    ),
    tuple(constantFrom('ceil', 'floor', 'sqrt', 'ln'), tie('formula')).map(([name, a]) => `${name}(${a})`),
    tuple(tie('formula'), tie('formula'), tie('formula')).map((args) => `servers(${args.join(', ')})`),
    tuple(tie('formula'), tie('formula'), tie('formula')).map((args) => `mmc_response(${args.join(', ')})`),
    tuple(tie('formula'), tie('formula')).map(([a, b]) => `erlang_c(${a}, ${b})`),
    tuple(tie('formula'), tie('formula')).map(([a, b]) => `parallel(${a}, ${b})`),
  ),
}));

function planOf(formulas: readonly string[]): string {
  const derived = formulas.map((text, index) => `  d${index}: ${JSON.stringify(text)}`).join('\n');
  return `plan: any\n${ASSUME}derive:\n${derived}\n`;
}

function tryEstimate(text: string): Estimate | string[] {
  try {
    return estimate(readPlan('any.yaml', text));
  } catch (error) {
    if (error instanceof InvalidInput)
      return error.diagnostics.map(({ code, line, column }) => `${line}:${column} ${code}`);
    throw error;
  }
}

describe('any plan', () => {
  it('is either refused with places or gives finite numbers, and always the same', () => {
    assert(
      property(array(formula, { minLength: 1, maxLength: 4 }), (formulas) => {
        const text = planOf(formulas);
        const result = tryEstimate(text);
        expect(tryEstimate(text)).toEqual(result);
        if (Array.isArray(result)) expect(result.length).toBeGreaterThan(0);
        else for (const { value } of result.quantities) expect(Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('never adds what has different units', () => {
    const units = ['req/s', 'GB', 'days', 'users', 'servers', 'USD', '%'];
    assert(
      property(constantFrom(...units), constantFrom(...units), constantFrom('+', '-'), (a, b, op) => {
        const result = tryEstimate(planOf([`3 ${a} ${op} 2 ${b}`]));
        if (a === b) expect(result).toMatchObject({ kind: 'estimate' });
        else expect(result).toEqual([expect.stringContaining('PLAN_DIMENSION')]);
      }),
    );
  });

  it('gives no tier less to carry when there are more users', () => {
    const load: Arbitrary<{ users: number; each: number; factor: number }> = record({
      users: integer({ min: 1, max: 1e9 }),
      each: integer({ min: 1, max: 1000 }),
      factor: integer({ min: 2, max: 50 }),
    });
    assert(
      property(load, ({ users, each, factor }) => {
        const before = demandOf(users, each);
        const after = demandOf(users * factor, each);
        expect(after.demand).toBeGreaterThan(before.demand);
        expect(after.needed).toBeGreaterThanOrEqual(before.needed);
        expect(after.utilisation).toBeGreaterThan(before.utilisation);
      }),
    );
  });
});

function demandOf(users: number, each: number): { demand: number; needed: number; utilisation: number } {
  const result = estimate(
    readPlan(
      'any.yaml',
      `
plan: any
assume: { users: ${users} users, each: ${each} req/user/day }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 4, demand: users * each * 3, capacity: 900 req/s/server, headroom: 20 % }
`,
    ),
  );
  const tier = result.steps[0]?.tiers[0];
  if (!tier) throw new Error('the plan has a tier');
  return tier;
}
