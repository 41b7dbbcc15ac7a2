import { assert, jsonValue, nat, property, string } from 'fast-check';
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
  ['nothing', '', 'the file is empty'],
  ['a half', writeCalibrationJson(whole).slice(0, 500), 'the file ends in the middle'],
  ['what is no JSON', 'cores: 2 \u001B[31m', 'not JSON'],
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

test('of very many wrong fields the first are named', () => {
  const text = writeCalibrationJson({ ...whole, sweep: Array.from({ length: 1_000 }, () => whole.sweep).flat() });
  const read = readCalibrationJson(text.replaceAll('"throughput_per_s"', '"throughput"'));
  const lines = 'problem' in read ? read.problem.split('\n') : [];
  expect(lines).toHaveLength(11);
  expect(lines.at(-1)).toMatch(/^\d+ more$/);
});

test('whatever is put there is a problem, never an error', () => {
  assert(property(string(), (text) => 'problem' in readCalibrationJson(text)));
  assert(
    property(jsonValue(), (value) => 'problem' in readCalibrationJson(JSON.stringify({ ...whole, classes: value }))),
  );
  const text = writeCalibrationJson(whole);
  assert(property(nat(text.length - 3), (length) => 'problem' in readCalibrationJson(text.slice(0, length))));
});
