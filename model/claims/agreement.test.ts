import { describe, expect, it } from 'vitest';
import { readPlan } from '../plan/read-plan.ts';
import { agreements, fullName, unresolved } from './agreement.ts';
import type { PlacedClaim } from './agreement.ts';

function claims(plan: string, text: string): PlacedClaim[] {
  const read = readPlan(`${plan}.yaml`, `plan: ${plan}\ndocuments: { d: The design }\nclaims:\n${text}`);
  return read.claims.map((claim) => ({ plan, claim }));
}

const claim = (id: string, says: string, sameAs = ''): string =>
  `  ${id}: { document: d, section: s, says: '${says}'${sameAs === '' ? '' : `, same_as: [${sameAs}]`} }\n`;

function agree(a: string, b: string): boolean | undefined {
  return agreements(claims('p', claim('a', a, 'b') + claim('b', b)))[0]?.agree;
}

describe('agreements', () => {
  it.each([
    ['7,000 req/s', '6,944 req/s', true],
    ['7,000 req/s', '5,600 req/s', false],
    ['100 ms', '140 ms', false],
    ['10..30 s', '20 s', true],
    ['10..30 s', '30..60 s', false],
    ['10..30 s', '25..60 s', true],
    ['10..30 s', '30 s', true],
    ['10..30 s', '45 s', false],
    ['< 500 ms', '200 ms', true],
    ['< 500 ms', '500 ms', true],
    ['< 500 ms', '600 ms', false],
    ['>= 80 %', '99 %', true],
    ['>= 80 %', '70 %', false],
    ['< 500 ms', '> 1 s', false],
  ])('%s and %s: %s', (a, b, expected) => expect(agree(a, b)).toBe(expected));

  it('gathers what is related in any direction into one group', () => {
    const all = claims('p', claim('a', '1 s') + claim('b', '1 s', 'a') + claim('c', '2 s', 'b') + claim('d', '9 s'));
    const [group, ...others] = agreements(all);
    expect(group?.claims.map(fullName)).toEqual(['p/a', 'p/b', 'p/c']);
    expect(group).toMatchObject({ agree: false, factor: 2 });
    expect(others).toEqual([]);
  });

  it('relates claims of different plans', () => {
    const all = [...claims('p', claim('a', '30..60 s')), ...claims('q', claim('b', '10..20 s', 'p/a'))];
    expect(agreements(all)[0]).toMatchObject({ agree: false, factor: 6 });
    expect(unresolved(all)).toEqual([]);
  });

  it('finds references that lead nowhere, in plans that are there', () => {
    const all = [...claims('p', claim('a', '1 s', 'q/gone, r/elsewhere')), ...claims('q', claim('b', '1 s'))];
    expect(unresolved(all)).toEqual([{ from: 'p/a', to: 'q/gone' }]);
  });
});
