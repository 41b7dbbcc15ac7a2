import { describe, expect, test } from 'vitest';
import type { ObservedFault } from '../observation/observation.ts';
import { checkFaults } from './faults.ts';
import { classByHand, intervalByHand, observationByHand } from './observation-by-hand.ts';

const SEEN: ObservedFault = {
  fault: 'crash',
  tier: 'app',
  targets: ['app-1'],
  injected_at_s: 2,
  effect: 'app-1 (pid 7) is gone',
  observed_at_s: 2.1,
  healed_at_s: 9,
};
const { observed_at_s: _seen, ...UNSEEN } = { ...SEEN, effect: 'app-1 (pid 7) runs on' };
const { healed_at_s: _healed, ...UNHEALED } = { ...SEEN, unhealed: 'app-1: not running' };

function failedWith(faults: readonly ObservedFault[], errors: readonly number[] = [0, 0, 0]): string[] {
  const intervals = errors.map((count, start_s) => ({
    ...intervalByHand(start_s, 100, 0),
    ok: 100 - count,
    http_error: count,
  }));
  const observation = { ...observationByHand([classByHand({ latencies: [[1_000, 300]] })], { intervals }), faults };
  return checkFaults(observation).flatMap(({ ok, severity, name, detail }) =>
    ok ? [] : [`${severity}: ${name}: ${detail}`],
  );
}

describe('what is done to a system', () => {
  test('has to be seen to happen, and to end', () => {
    expect(failedWith([SEEN])).toEqual([]);
    expect(failedWith([SEEN, UNSEEN])).toEqual([
      'invalid: fault effect: `crash` of `app` had no effect that was seen: app-1 (pid 7) runs on',
    ]);
    expect(failedWith([UNHEALED])).toEqual([
      'warning: fault healed: `crash` of `app` was not seen to end: app-1: not running',
    ]);
  });

  test('has to meet a system that was well: of 200 requests two may fail, not three', () => {
    expect(failedWith([SEEN], [1, 1, 90])).toEqual([]);
    expect(failedWith([SEEN], [1, 2, 90])).toEqual([
      'invalid: steady before: 3 of 200 requests failed before the first fault',
    ]);
  });

  test('is no question where nothing is done', () => {
    expect(checkFaults(observationByHand([]))).toEqual([]);
  });
});
