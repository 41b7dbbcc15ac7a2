import { expect, test } from 'vitest';
import { comparePrediction } from '../model/calibration/compare.ts';
import { predictorOf } from '../model/calibration/predict.ts';
import { MIX, calibrationByHand } from '../model/calibration/testing/calibration-by-hand.ts';
import { calibrationDocument, checkDocument } from './calibration-document.ts';
import { documentText } from './document-text.ts';
import { PLAIN_80 } from './style.ts';

const whole = calibrationByHand();
const layout = { ...PLAIN_80, width: 120 };

test('demands by class and tier, then the mix at growing load', () => {
  const text = documentText(calibrationDocument(whole), layout);
  expect(text).toMatch(/class\s+app\s+database\s+generator/);
  expect(text).toMatch(/write\s+1±0\s+2±0\s+0\.1±0\s+2 ms/);
  expect(text).toMatch(/1,600\s+75\.2 %\s+44 %/);
  expect(text).toContain('Universal Scalability Law');
  expect(text).not.toContain('INVALID');
});

test('a busy machine is labelled, with how much of it others used', () => {
  const busy = documentText(calibrationDocument(calibrationByHand(2, 0.5)), layout);
  expect(busy).toContain('INVALID: others used 25 % of this machine');
});

test('a check says which predictions were off', () => {
  const predicted = predictorOf(whole, MIX).predict(MIX, 1000);
  const { tiers, utilisation, mean_s, p95_s } = predicted;
  const seen = { tiers, utilisation, mean_s: mean_s ?? 0, p95_s: (p95_s ?? 0) * 2, throughput_per_s: 1000 };
  const where = { scenario: 'calibration', step: 1, phase: '1000 req/s' };
  const text = documentText(checkDocument(whole, comparePrediction(where, predicted, seen, 2), whole.quiet), layout);
  expect(text).toMatch(/throughput\s+1,000 req\/s\s+1,000 req\/s\s+0 %\s+5 %\s+✓/);
  expect(text).toMatch(/p95\s+\S+ ms\s+\S+ ms\s+-50 %\s+25 %\s+✗/);
  expect(text).toContain('5 of 6 predictions came as near as they should.');
});
