import { describe, expect, it } from 'vitest';
import { readPlan } from '../model/plan/read-plan.ts';
import { variableOf } from '../model/questions/solve-variable.ts';
import { sweep } from '../model/questions/sweep.ts';
import { compactAmount, compactNumber } from './compact-amount.ts';
import { documentText } from './document-text.ts';
import { PLAIN_80 } from './style.ts';
import { sweepDocument } from './sweep-document.ts';

const plan = readPlan(
  'queue.yaml',
  `
plan: queue
assume:
  users: 1M users
  arrivals.per_user: 0.00005 req/s/user
derive:
  arrivals: users * arrivals.per_user
  response: { formula: 'mm1_response(arrivals, 10 ms)', unit: ms }
architecture:
  - step: 1
    name: one
    tiers:
      app: { kind: express, instances: 1, demand: arrivals, capacity: 100 req/s }
      load-balancer: { kind: nginx, instances: 2, demand: arrivals, capacity: 1000 req/s }
`,
);
const [step] = plan.steps;

function text(name: string, from: number, to: number, points: number, show: string[], width = 80): string {
  const result = sweep(plan, { variable: variableOf(plan, step, name), from, to, points, log: false, show, step });
  const all = show.length > 0;
  return `\n${documentText(sweepDocument(result, { width, tableWidth: width, all }), { ...PLAIN_80, width })}`;
}

describe('a sweep as text', () => {
  it('says where tiers saturate, plots, and tabulates', () => {
    expect(text('users', 1e6, 3e6, 5, [])).toMatchInlineSnapshot(`
      "
      users from 1M user to 3M user, step 1 (now 1M user)
      - \`app\` saturates at users = 2M user
      - never above 100 %: \`load-balancer\` (at most 7.5 %)

      utilisation
      150 % ┤                                                               **********
            │                                                      **********
            │                                           ***********
      100 % ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄***********┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
            │                       ***********
            │             ***********
            │   **********
       50 % ┤****
            │
            │
        0 % ┤ooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooooo
            └┬─────────────────┬─────────────────▲─────────────────┬─────────────────┬
             1M              1.5M               2M               2.5M               3M
                                           users (user)
        * app  o load-balancer

          users    app  load-balancer
      ───────────────────────────────
        1M user   50 %          2.5 %
      1.5M user   75 %         3.75 %
        2M user  100 %            5 %
      2.5M user  125 %         6.25 %
        3M user  150 %          7.5 %
      "
    `);
  });

  it('shows what is unstable, and what the sweep passes over', () => {
    expect(text('arrivals', 50, 150, 3, ['response', 'app'], 60)).toMatchInlineSnapshot(`
      "
      arrivals from 50 req/s to 150 req/s, step 1 (now 50 req/s)
      - \`app\` saturates at arrivals = 100 req/s
      - \`response\` has no value at 100 req/s: utilisation is 1:
        the queue grows without bound
      - \`arrivals\` is derived (\`users * arrivals.per_user\`); here
        it is set, and what it follows from plays no part in it

      response (ms)
      20 ┤⠁                           ∞                          ∞
         │
         │
      10 ┤
         │
         │
       0 ┤
         └┬─────────────┬─────────────┬────────────┬─────────────┬
          50           75            100          125          150
                              arrivals (req/s)

      utilisation of app
      200 % ┤
            │                                                  ⣀⣀⣀
            │                                  ⣀⣀⣀⣀⠤⠤⠤⠤⠒⠒⠒⠒⠉⠉⠉⠉
      100 % ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄⣀⣀⣀⣀⠤⠤⠤⠴⠒⠒⠒⠉⠉⠉⠉┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄
            │   ⣀⣀⣀⣀⠤⠤⠤⠤⠒⠒⠒⠒⠉⠉⠉⠉
            │⠉⠉⠉
        0 % ┤
            └┬─────────────────────────▲─────────────────────────┬
             50                       100                      150
                               arrivals (req/s)

       arrivals  response    app
      ──────────────────────────
       50 req/s     20 ms   50 %
      100 req/s  unstable  100 %
      150 req/s  unstable  150 %
      "
    `);
  });

  it('puts what does not fit beside each other below', () => {
    const shown = text('users', 1e6, 3e6, 2, ['app', 'load-balancer', 'response', 'arrivals', 'arrivals.per_user'], 50);
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(50);
    const heads = shown.split('\n').filter((line) => /^ +users  /.test(line));
    expect(heads.map((line) => line.trim().split(/ +/))).toEqual([
      ['users', 'app', 'load-balancer', 'response', 'arrivals'],
      ['users', 'arrivals.per_user'],
    ]);
  });
});

describe('amounts in few characters', () => {
  it.each([
    [0, '0'],
    [6944.4, '6,944'],
    [48_000, '48k'],
    [2_031_250, '2.031M'],
    [999_960, '1M'],
    [-1.5e9, '-1.5bn'],
    [1.5e12, '1.5e12'],
    [0.083, '0.083'],
  ])('%d as %s', (value, compact) => expect(compactNumber(value)).toBe(compact));

  it.each([
    [2_031_250, 'user', '2.031M user'],
    [77.16, '%', '77.2 %'],
    [35_000, 'USD/month', '$35k/month'],
    [5.3472e9, 'B/s', '5.347 GB/s'],
    [0.02, 's', '20 ms'],
    [3, '', '3'],
  ])('%d %s', (value, unit, compact) => expect(compactAmount(value, unit)).toBe(compact));
});
