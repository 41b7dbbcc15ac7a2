import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../document/diagnostic.ts';
import { estimate } from '../estimate/estimate.ts';
import { readPlan } from '../plan/read-plan.ts';
import { FUNCTIONS } from './functions.ts';

/** The value of a formula, or the codes of what is wrong with it. */
function valueOf(formula: string): number | string[] {
  try {
    const [quantity] = estimate(
      readPlan('plan.yaml', `plan: one\nderive:\n  it: ${JSON.stringify(formula)}\n`),
    ).quantities;
    return quantity?.value ?? NaN;
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
}

describe('functions of formulas', () => {
  it.each([
    ['ceil(8.2 servers)', 9],
    ['floor(8.9)', 8],
    ['servers(6,944 req/s, 1,000 req/s/server, 20 %)', 9],
    ['mod(1234567, 5)', 2],
    ['sqrt(2)', Math.SQRT2],
    ['ln(10)', Math.LN10],
    ['little(75 req/s, 40 ms)', 3],
    // λ = 9, μ = 5, GNU Octave queueing.
    ['mmc_response(9 req/s, 0.2 s, 2)', 1.0526],
    ['mmc_response(9 req/s, 0.2 s, 4)', 0.2117],
    ['mm1_response(75 req/s, 10 ms)', 0.04],
    ['erlang_c(2, 3)', 0.4444],
    ['mmck_blocking(50 req/s, 100 ms, 4, 6)', 0.293543],
    ['ggc_wait(9 req/s, 0.2 s, 2, 1, 1)', 1.0526 - 0.2],
    ['mg1_wait(75 req/s, 10 ms, 1)', 0.03],
    // Gross & Harris's bookstore waits 1.135 minutes with 4 clerks.
    ['servers_for_wait(40 req/h, 4 min, 1.2 min)', 4],
    ['che_hit_ratio(10,000 products, 1,000 products, 0.8)', 0.43666],
    ['early_refresh(1 s, 1 s, 1)', 0.3679],
    ['availability(999 h, 1 h)', 0.999],
    ['series(99 %, 98 %)', 0.9702],
    ['parallel(99 %, 2)', 0.9999],
    ['k_of_n(2, 3, 90 %)', 0.972],
    ['downtime(99.99 %, 365 days)', 3153.6],
    ['moved_modulo(4)', 0.8],
    ['moved_consistent(4)', 0.2],
    ['stale_read(500 ms, 100 ms)', 0.006738],
    ['usl(8, 20.856 req/s, 0.02444, 0.00163)', 132.17],
    ['drain_time(1,000 messages, 150 message/s, 100 message/s)', 20],
    ['backoff_total(5 s, 5, 3)', 155],
  ])('%s = %d', (formula, expected) => {
    const value = valueOf(formula);
    if (typeof value !== 'number') throw new Error(String(value));
    expect(Math.abs(value / expected - 1)).toBeLessThan(1e-3);
  });

  it.each([
    ['mmc_wait(120 req/s, 10 ms, 1)', 'PLAN_UNSTABLE'],
    ['erlang_c(3, 3)', 'PLAN_UNSTABLE'],
    ['drain_time(5 req, 1 req/s, 1 req/s)', 'PLAN_UNSTABLE'],
    ['erlang_c(1, 2.5)', 'PLAN_RANGE'],
    ['erlang_b(1, 10 ^ 9)', 'PLAN_RANGE'],
    ['servers_for_wait(10 ^ 9 * 1 req/s, 1 s, 1 ms)', 'PLAN_RANGE'],
    ['k_of_n(3, 2, 90 %)', 'PLAN_RANGE'],
    ['usl(0.5, 3 req/s, 0, 0)', 'PLAN_RANGE'],
    ['backoff_total(5 s, 10, 1000)', 'PLAN_RANGE'],
    ['che_hit_ratio(10 products, 1 product, 99)', 'PLAN_RANGE'],
    ['ln(0)', 'PLAN_NOT_FINITE'],
    ['sqrt(0 - 1)', 'PLAN_NOT_FINITE'],
    ['parallel(3 req/s, 2)', 'PLAN_DIMENSION'],
    ['ceil(3 s)', 'PLAN_DIMENSION'],
    ['drain_time(5 orders, 1 req/s, 1 req/s)', 'PLAN_DIMENSION'],
    ['mm1_response(1 req/s)', 'PLAN_FORMULA'],
  ])('refuses %s with %s', (formula, code) => expect(valueOf(formula)).toEqual([code]));

  it('says of each what it computes and where that is written', () => {
    for (const { name, formula, source, parameters } of FUNCTIONS.values()) {
      expect([name, formula, source, ...parameters].filter((text) => text === '')).toEqual([]);
    }
  });
});
