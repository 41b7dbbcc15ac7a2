import { describe, expect, test } from 'vitest';
import { readResult } from './read-result.ts';
import { resultJson } from './result-json.ts';
import { resultsTogether } from './results-together.ts';
import { writeRunJson } from './run-json.ts';
import { checkByHand, comparedByHand, ledgerByHand, runByHand } from './testing/result-by-hand.ts';
import { VERIFICATION_FORMAT_VERSION } from './verification-schema.ts';

const RUN = runByHand();
const ALL = { ...checkByHand(), compared: [comparedByHand()], ledgers: [ledgerByHand()] };
const VERIFICATION = {
  formatVersion: VERIFICATION_FORMAT_VERSION,
  kind: 'verification',
  ledgers: [ledgerByHand()],
  runs: [{ plan: 'amazon-shop', step: 3, scenario: 'peak', judgement: RUN.judgement, run: '.shop-plan/runs/a' }],
  failures: [{ plan: 'amazon-shop', step: 4, scenario: 'spike', because: 'no server' }],
};

function problem(text: string): string {
  const read = readResult(text);
  return 'problem' in read ? read.problem : `it was read: ${read.title}`;
}

describe('what commands write is read', () => {
  test('a check, with all that a result can hold', () => {
    expect(readResult(resultJson(ALL))).toEqual(ALL);
  });

  test('a run, which is called like its folder', () => {
    const text = writeRunJson(RUN.observation, RUN.judgement);
    expect(readResult(text, '20261121T100000Z-peak-step-3')).toEqual({
      title: 'run of amazon-shop, step 3, peak',
      outcome: 'FAIL',
      runs: [RUN],
    });
  });

  test('a verification, whose claims and runs decide', () => {
    const read = readResult(JSON.stringify(VERIFICATION));
    expect(read).toMatchObject({ outcome: 'FAIL', ledgers: [{ plan: 'amazon-shop' }], failures: [{ step: 4 }] });
    const [holds] = ledgerByHand().rows;
    const fine = { ...VERIFICATION, ledgers: [{ ...ledgerByHand(), rows: [holds] }], runs: [] };
    expect(readResult(JSON.stringify({ ...fine, failures: [] }))).toMatchObject({ outcome: 'PASS' });
    expect(readResult(JSON.stringify(fine))).toMatchObject({ outcome: 'NO_DATA' });
  });

  test('a comparison', () => {
    const compared = { formatVersion: 1, kind: 'comparison', outcome: 'worse', compared: [comparedByHand()] };
    const read = { outcome: 'FAIL', title: 'comparison of amazon-shop, step 3, peak', compared: [comparedByHand()] };
    expect(readResult(JSON.stringify(compared))).toMatchObject(read);
  });

  test('a ledger', () => {
    expect(readResult(JSON.stringify(ledgerByHand()))).toMatchObject({ outcome: 'FAIL', runs: [] });
  });
});

describe('what cannot be read names the file’s fault', () => {
  const check = resultJson(ALL);

  test.each([
    ['', 'the file is empty'],
    [check.slice(0, 5000), 'the file ends in the middle'],
    ['[]', 'not a result: it names no kind'],
    ['{"kind": "plan"}', 'not a result: it is of kind `plan`'],
    ['{"kind": "pl\\u001b[31man"}', 'not a result: it is of kind `pl·[31man`'],
    ['{"kind": "check", "formatVersion": 9}', 'written by a newer shop-plan (format 9; this one reads 1)'],
    ['{"kind": "check"}', 'unknown format version `undefined`'],
    [check.replace('"score": ', '"points": '), 'damaged at `gate.score`'],
    [check.replaceAll('"step": 3', '"step": "3"'), 'damaged at `runs.0.observation.what.step`'],
    [
      check.replace(/"service_us": "[^"]+"/, '"service_us": "bm90"'),
      'damaged at `runs.0.observation.classes.0.service_us`',
    ],
    [JSON.stringify({ ...VERIFICATION, failures: [{}] }), 'damaged at `failures.0.plan`'],
    [JSON.stringify({ ...ledgerByHand(), rows: [1] }), 'damaged at `rows.0`'],
  ])('%#', (text, said) => {
    expect(problem(text)).toContain(said);
  });
});

describe('several results as one', () => {
  test('the worst decides', () => {
    const fine = { ...checkByHand(), outcome: 'PASS' as const };
    expect(resultsTogether([fine, checkByHand()])).toMatchObject({ outcome: 'FAIL', title: '2 results' });
    expect(resultsTogether([fine, { ...fine, outcome: 'NOT_JUDGED' }]).outcome).toBe('PASS');
  });

  test('gates become one of all their criteria', () => {
    const { gate } = checkByHand();
    const both = resultsTogether([checkByHand(), checkByHand()]).gate;
    expect(both?.verdicts).toHaveLength(8);
    expect(both?.score).toBeCloseTo(gate?.score ?? 0);
  });

  test('one stays as it is', () => {
    expect(resultsTogether([ALL])).toBe(ALL);
  });
});
