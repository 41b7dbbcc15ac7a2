import { expect, it } from 'vitest';
import type { Ledger, LedgerRow } from '../claims/ledger.ts';
import { readMeasurements, readingsOf } from './stored-readings.ts';

const ROW: LedgerRow = {
  claim: 'a',
  document: 'd',
  section: 's',
  asks: 'is it?',
  claimed: '80 %',
  unit: '',
  claimedUnit: { symbol: '%', factor: 0.01 },
  verdict: 'holds',
  known: 'holds',
  asKnown: true,
};
const PLACE = { metric: 'ratio(cache.hits, cache.misses)', scenario: 'moderate', step: 2 };

it('keeps what was read and is an answer, and nothing else', () => {
  const ledger: Ledger = {
    formatVersion: 1,
    kind: 'ledger',
    plan: 'mine',
    rows: [
      {
        ...ROW,
        measured: { ...PLACE, verdict: 'contradicted', value: 0.7, samples: 12 },
        simulated: { ...PLACE, verdict: 'holds', value: 0.8 },
      },
      { ...ROW, claim: 'b', measured: { ...PLACE, verdict: 'invalid', value: 0.7 } },
      { ...ROW, claim: 'c', measured: { ...PLACE, verdict: 'not measured', detail: 'it was not run' } },
    ],
  };
  expect(readingsOf(ledger)).toEqual([
    { plan: 'mine', claim: 'a', by: 'measured', value: 0.7, unit: '', ...PLACE },
    { plan: 'mine', claim: 'a', by: 'simulated', value: 0.8, unit: '', ...PLACE },
  ]);
});

it('reads measurements of its own version alone', () => {
  expect(readMeasurements('{ "formatVersion": 1, "readings": [] }').readings).toEqual([]);
  expect(() => readMeasurements('{ "formatVersion": 2 }')).toThrow('version 2');
});
