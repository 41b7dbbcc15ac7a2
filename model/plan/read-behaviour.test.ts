import { describe, expect, it } from 'vitest';
import type { Behaviour } from './behaviour.ts';
import { readPlan } from './read-plan.ts';

const STEP_2 = '  - { step: 2, name: two, tiers: { t: { ';

function behaviours(kind: string, keys: string, later = ''): Behaviour[] {
  const plan = `plan: p
assume: { pause: 20 ms, slots: 50 req/server }
architecture:
  - step: 1
    name: one
    tiers: { t: { kind: ${kind}, instances: 4, demand: 10 req/s, capacity: 20 req/s${keys} } }
${later === '' ? '' : `${STEP_2}${later} } } }`}`;
  return readPlan('p', plan).steps.flatMap(({ tiers }) => tiers.map(({ behaviour }) => behaviour));
}

describe('how a tier behaves', () => {
  it.each([
    ['express', 'processor-sharing', false],
    ['worker', 'fifo', true],
    ['postgres', 'fifo', false],
  ])('has defaults by its kind: %s', (kind, discipline, holdsServer) => {
    const [found] = behaviours(kind, '');
    expect(found?.service).toMatchObject({
      discipline,
      holdsServer,
      distribution: 'exponential',
      time: null,
      values: [],
    });
    expect(found).toMatchObject({ balance: null, sharding: null, call: null, cache: null, redelivery: [] });
  });

  it('is described with formulas, of counted things too', () => {
    const [found] = behaviours(
      'express',
      ', service: { time: pause * 2, concurrency: slots }, call: { pool: slots / 10 }',
    );
    expect(found?.service.time?.formula).toBe('pause * 2');
    expect(found?.service.concurrency?.formula).toBe('slots');
    expect(found?.call?.pool?.formula).toBe('slots / 10');
  });

  it.each([
    ['service: none', { service: { time: null } }],
    ['balance: none', { balance: null }],
    ['call: none', { call: null }],
    ['redelivery: none', { redelivery: [] }],
    ['call: { optional: yes }', { call: { timeout: null, optional: true }, balance: 'hash' }],
  ])('changes key by key: %s', (later, expected) => {
    const first = ', service: { time: 1 s }, balance: hash, call: { timeout: 1 s }, redelivery: [1 s]';
    const [before, after] = behaviours('express', first, later);
    expect(before).toMatchObject({ balance: 'hash', call: { optional: false }, service: { time: { formula: '1 s' } } });
    expect(after).toMatchObject(expected);
  });
});
