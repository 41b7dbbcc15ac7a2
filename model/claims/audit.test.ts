import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { audit } from './audit.ts';

const plan = readPlan(
  'plan.yaml',
  `
plan: mine
documents: { design: The design }
assume: { users: 10M users, each: 20 req/user/day, size: 2..4 KB/req }
derive: { traffic: users * each, bandwidth: traffic * size }
claims:
  right: { document: design, section: Traffic, says: '2,315 req/s', computed: traffic }
  wrong: { document: design, section: Traffic, says: '4,000 req/s', computed: traffic * 2 }
  known: { document: design, section: Traffic, says: '1,000 req/s', computed: traffic, known: contradicted, note: known }
  close: { document: design, section: Traffic, says: '2,400 req/s', computed: traffic, known: close }
  range: { document: design, section: Traffic, says: 5..10 MB/s, computed: bandwidth }
  later: { document: design, section: Failover, says: < 30 s, settled_by: database-failover }
  word: { document: design, section: Cost, says: 99 %, same_as: [other] }
  other: { document: design, section: Summary, says: 90 % }
`,
);
const result = audit([plan]);
const found = (id: string) => result.claims.find(({ claim }) => claim === id);

describe('audit', () => {
  it.each([
    ['right', 'holds'],
    ['wrong', 'contradicted'],
    ['known', 'contradicted'],
    ['close', 'close'],
    ['range', 'holds'],
    ['later', 'needs a run'],
    ['word', 'not derivable'],
  ])('finds that %s %s', (id, verdict) => expect(found(id)?.verdict).toBe(verdict));

  it('counts the verdicts', () => {
    expect(result.totals).toEqual({ holds: 2, close: 1, contradicted: 2, 'needs a run': 1, 'not derivable': 2 });
  });

  it('tells news from what is known', () => {
    expect(result.claims.filter(({ asKnown }) => !asKnown).map(({ claim }) => claim)).toEqual(['wrong']);
  });

  it('gives the arithmetic: the terms of a formula, or of the quantity that a claim names', () => {
    expect(found('wrong')?.computed).toMatchObject({ formula: 'traffic * 2', terms: [{ name: 'traffic' }] });
    expect(found('right')?.computed).toMatchObject({
      name: 'traffic',
      formula: 'users * each',
      terms: [
        { name: 'users', value: 10e6, unit: 'user' },
        { name: 'each', value: 20, unit: 'req/user/day' },
      ],
    });
  });

  it('names the scenario that settles what only a running system can', () => {
    expect(found('later')).toMatchObject({ scenario: 'database-failover', document: 'The design' });
  });

  it('finds numbers that are stated differently elsewhere', () => {
    expect(result.disagreements).toMatchObject([
      { factor: expect.closeTo(1.1), statements: [{ claim: 'mine/word', claimed: '99 %' }, { claimed: '90 %' }] },
    ]);
  });
});
