import { describe, expect, test } from 'vitest';
import type { Interval, Observation, ObservedFault } from '../observation/observation.ts';
import { measure } from './measure.ts';
import { classByHand, intervalByHand, observationByHand } from './observation-by-hand.ts';

const CLASSES = [classByHand({ latencies: [[1000, 6000]] })];

function fault(injected_at_s: number): ObservedFault {
  return { fault: 'crash', tier: 'app', targets: [], injected_at_s, effect: 'gone', observed_at_s: injected_at_s };
}

/** Seconds of 100 requests; so many of those of the given seconds fail. */
function failing(seconds: Readonly<Record<number, number>>): Interval[] {
  return Array.from({ length: 70 }, (_, second) => {
    const failed = seconds[second] ?? 0;
    return { ...intervalByHand(second, 100, 10), ok: 100 - failed, http_error: failed };
  });
}

function recovery(change: Partial<Observation>, phase?: string) {
  return measure(observationByHand(CLASSES, change), { kind: 'recovery' }, phase);
}

describe('recovery of a fault', () => {
  test('ends with the last second in which more than 1 % failed', () => {
    const intervals = failing({ 20: 50, 21: 1, 24: 2, 30: 1 });
    expect(recovery({ faults: [fault(20.25)], intervals })).toMatchObject({ value: 4.75, unit: 's', censored: false });
  });

  test('takes no time where nobody noticed', () => {
    expect(recovery({ faults: [fault(20)], intervals: failing({ 10: 50 }) })).toMatchObject({ value: 0 });
  });

  test('of several faults is the longest, each up to the next', () => {
    const intervals = failing({ 22: 50, 41: 50 });
    expect(recovery({ faults: [fault(20), fault(40)], intervals })).toMatchObject({ value: 3, samples: 2 });
  });

  test('is known from below where errors last to the end of the run', () => {
    expect(recovery({ faults: [fault(60)], intervals: failing({ 69: 50 }) })).toMatchObject({
      value: 10,
      censored: true,
    });
  });

  test('is unknown without a fault, or without one in the phase', () => {
    expect(recovery({})).toHaveProperty('noData');
    expect(recovery({ faults: [fault(20)] }, 'warm-up')).toHaveProperty('noData');
  });
});

describe('recovery of what a watch looked at', () => {
  const writes = (began_at_s: number, ended_at_s: number) => ({ of: 'writes', began_at_s, ended_at_s, parts: [] });
  const outage = (change: Partial<Observation>, phase?: string) =>
    measure(observationByHand(CLASSES, change), { kind: 'recovery', of: 'writes' }, phase);

  test('is the longest outage of that name', () => {
    const outages = [
      writes(12, 14),
      { ...writes(20, 29), of: 'writes to orders-2' },
      { ...writes(30, 60), of: 'slot 3 of cache' },
    ];
    expect(outage({ outages })).toMatchObject({ value: 9, samples: 2, censored: false });
    expect(outage({ outages }, 'warm-up')).toMatchObject({ value: 0 });
  });

  test('is 0 where a watch saw none, and unknown where nobody looked', () => {
    expect(outage({ counters: { 'failover.outages': 0 } })).toMatchObject({ value: 0 });
    expect(outage({})).toMatchObject({
      noData: 'nobody looked for outages of writes',
      help: 'add `watch: [failover]`',
    });
  });

  test('is known from below while the outage lasts', () => {
    const events = [{ at_s: 70, kind: 'outage-lasts', detail: 'writes were not answered yet' }];
    expect(outage({ outages: [writes(50, 70)], events })).toMatchObject({ value: 20, censored: true });
  });
});
