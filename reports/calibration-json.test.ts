import { expect, test } from 'vitest';
import { calibrationByHand } from '../model/calibration/testing/calibration-by-hand.ts';
import { readCalibrationJson, writeCalibrationJson } from './calibration-json.ts';

const whole = calibrationByHand();

test('what was written is read again, an interval of a lone window included', () => {
  const [first] = whole.classes;
  if (!first) throw new Error('no class');
  const lone = { ...whole, classes: [{ ...first, generator_s: { value: 1, halfWidth95: Infinity } }] };
  expect(readCalibrationJson(writeCalibrationJson(lone))).toEqual(lone);
});

test.each([
  ['nothing', '', 'not JSON'],
  ['a run', '{"kind":"run","formatVersion":1}', 'it is no calibration'],
  ['one of a later version', '{"kind":"calibration","formatVersion":9}', 'newer'],
  ['one without cores', writeCalibrationJson({ ...whole, cores: 0 }), '`cores`'],
  ['one that went nowhere', writeCalibrationJson({ ...whole, sweep: [] }), '`sweep`'],
])('%s is none', (_, text, problem) => {
  expect(readCalibrationJson(text)).toMatchObject({ problem: expect.stringContaining(problem) });
});

test('every wrong field is named', () => {
  const [first] = whole.sweep;
  if (!first) throw new Error('no sweep');
  const text = writeCalibrationJson({ ...whole, took_s: -1, sweep: [{ ...first, throughput_per_s: 0 }] });
  const read = readCalibrationJson(text);
  const lines = 'problem' in read ? read.problem.split('\n') : [];
  expect(lines).toEqual([expect.stringContaining('`took_s`'), expect.stringContaining('`sweep.0.throughput_per_s`')]);
});
