import { describe, expect, it } from 'vitest';
import { readPlan } from '../../model/plan/read-plan.ts';
import { documentText } from '../document-text.ts';
import { plainDocument } from '../plain-document.ts';
import { PLAIN_80 } from '../style.ts';
import { arithmeticBlock } from './arithmetic.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
assume:
  users: { value: 2M users, source: 'brief, Goals' }
  each: 20 req/user/day
  peak: 3
  one: 1_000 req/s/server
  spare: 20 %
derive:
  average: { formula: users * each, unit: req/s }
  traffic: { formula: average * peak, unit: req/s }
  same: traffic
  short: average - traffic
  app.servers: servers(traffic, one, spare)
  app.servers_with_a_long_name: app.servers + servers(traffic + traffic, one, spare) + servers(average, one, spare)
  back: 1 req/s - short
`,
);

function written(...quantities: string[]): string {
  return `\n${documentText([arithmeticBlock(plan, quantities)], PLAIN_80)}`;
}

describe('arithmetic on paper', () => {
  it('derives what goes in below, each once, down to what is assumed', () => {
    expect(written('traffic', 'app.servers')).toMatchInlineSnapshot(`
      "
      traffic = average × peak = 463 req/s × 3 = 1,389 req/s
        average = users × each = 2 million users × 20 req/user/day = 463 req/s
          users = 2 million users (assumed; brief, Goals)
          each = 20 req/user/day (assumed; the plan's own)
        peak = 3 (assumed; the plan's own)
      app.servers = servers(traffic, one, spare)
        = servers(1,389 req/s, 1,000 req/s/server, 20 %) = 2 servers
        one = 1,000 req/s/server (assumed; the plan's own)
        spare = 20 % (assumed; the plan's own)
      servers(rate, rate_per_server, margin): ⌈rate × (1 + margin) /
        rate_per_server⌉
      "
    `);
  });

  it('gives each equals sign a line where one line is too short, and stops at some depth', () => {
    expect(written('app.servers_with_a_long_name')).toMatchInlineSnapshot(`
      "
      app.servers_with_a_long_name = app.servers + servers(traffic + traffic, one,
        spare) + servers(average, one, spare)
        = 2 servers + servers(1,389 req/s + 1,389 req/s, 1,000 req/s/server, 20 %) +
        servers(463 req/s, 1,000 req/s/server, 20 %)
        = 7 servers
        app.servers = servers(traffic, one, spare)
          = servers(1,389 req/s, 1,000 req/s/server, 20 %) = 2 servers
          traffic = average × peak = 463 req/s × 3 = 1,389 req/s
          one = 1,000 req/s/server (assumed; the plan's own)
          spare = 20 % (assumed; the plan's own)
        average = users × each = 2 million users × 20 req/user/day = 463 req/s
          users = 2 million users (assumed; brief, Goals)
          each = 20 req/user/day (assumed; the plan's own)
      servers(rate, rate_per_server, margin): ⌈rate × (1 + margin) /
        rate_per_server⌉
      "
    `);
  });

  it('brackets what is negative, and says the same thing once', () => {
    const lines = arithmeticBlock(plan, ['back', 'same'], 0).lines.map(({ text }) => text);
    expect(lines).toEqual([
      'back = 1 req/s - short = 1 req/s - (-925.9 req/s) = 926.9 req/s',
      'same = traffic = 1,389 req/s',
    ]);
  });

  it('reads as sentences where nothing is drawn', () => {
    expect(plainDocument([arithmeticBlock(plan, ['average'], 1)])).toEqual([
      {
        kind: 'list',
        entries: [
          'average = users × each = 2 million users × 20 req/user/day = 463 req/s',
          'users = 2 million users (assumed; brief, Goals)',
          "each = 20 req/user/day (assumed; the plan's own)",
        ],
      },
    ]);
  });

  it('leaves out what the plan has not', () => {
    expect(arithmeticBlock(plan, ['nothing']).lines).toEqual([]);
  });
});
