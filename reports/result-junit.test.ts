import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { HOSTILE, hostileResult } from './testing/hostile-names.ts';
import { checkByHand, comparedByHand, ledgerByHand, runByHand } from './testing/result-by-hand.ts';
import type { Result } from './result.ts';
import { resultJunit } from './result-junit.ts';

const LISTS = ['testsuite', 'testcase', 'property'];
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  isArray: (name) => LISTS.includes(name),
  parseAttributeValue: false,
  parseTagValue: false,
  htmlEntities: true,
});

interface Case {
  readonly name: string;
  readonly failure?: { readonly message: string; readonly type: string; readonly '#text': string };
  readonly error?: { readonly message: string; readonly type: string };
  readonly skipped?: { readonly message: string };
}

interface Suite {
  readonly name: string;
  readonly tests: string;
  readonly failures: string;
  readonly errors: string;
  readonly skipped: string;
  readonly time: string;
  readonly testcase: readonly Case[];
  readonly properties?: { readonly property: readonly { readonly name: string; readonly value: string }[] };
}

interface Parsed {
  readonly testsuites: Omit<Suite, 'testcase'> & { readonly testsuite: readonly Suite[] };
}

function parsed(result: Result): Parsed['testsuites'] {
  const xml = resultJunit(result);
  expect(XMLValidator.validate(xml)).toBe(true);
  const document: Parsed = parser.parse(xml);
  return document.testsuites;
}

function sum(suites: readonly Suite[], of: 'tests' | 'failures' | 'errors' | 'skipped'): number {
  return suites.reduce((total, suite) => total + Number(suite[of]), 0);
}

const kindOf = ({ failure, error, skipped }: Case): string =>
  (failure && `failure ${failure.type}`) ?? (error && `error ${error.type}`) ?? (skipped ? 'skipped' : 'passed');

test('a suite for the run with a case for each criterion, and one for what could not be run', () => {
  const { testsuite } = parsed(checkByHand());
  expect(testsuite.map(({ name }) => name)).toEqual(['amazon-shop, step 3, peak', 'amazon-shop, step 3, spike']);
  expect(testsuite.map(({ testcase }) => testcase.map(kindOf))).toEqual([
    ['passed', 'passed', 'failure FAIL', 'error INCONCLUSIVE', 'error NO_DATA'],
    ['error NOT_RUN'],
  ]);
});

test('counts agree with the cases, in each suite and over all', () => {
  const result = { ...checkByHand(), compared: [comparedByHand()], ledgers: [ledgerByHand()] };
  const all = parsed(result);
  for (const suite of all.testsuite) {
    const kinds = suite.testcase.map(kindOf);
    const count = (kind: string): string => String(kinds.filter((each) => each.startsWith(kind)).length);
    const { tests, failures, errors, skipped } = suite;
    expect({ tests, failures, errors, skipped }).toEqual({
      tests: String(kinds.length),
      failures: count('failure'),
      errors: count('error'),
      skipped: count('skipped'),
    });
  }
  const { tests, failures, errors, skipped } = all;
  const wanted = (['tests', 'failures', 'errors', 'skipped'] as const).map((of) => String(sum(all.testsuite, of)));
  expect([tests, failures, errors, skipped]).toEqual(wanted);
  expect(wanted).toEqual(['13', '3', '5', '1']);
});

test('a failure says why, what was measured, and the likely cause', () => {
  const [suite] = parsed(checkByHand()).testsuite;
  const { failure } = suite?.testcase.find(({ name }) => name.startsWith('p95(checkout)')) ?? {};
  expect(failure?.message).toBe('p95 is at least 2 s, not below 1 s');
  expect(failure?.['#text']).toMatch(/measured: p95 ≥ 2 s.*\n.*the cause is probably `database`/);
});

test('the run brings its environment and how long it took', () => {
  const [suite] = parsed(checkByHand()).testsuite;
  expect(suite?.time).toBe('70.000');
  expect(suite?.properties?.property).toContainEqual({ name: 'node', value: '24.21.0' });
});

test('an invalid run is an error even without a criterion', () => {
  const invalid = runByHand({ complete: false, incompleteBecause: 'the disk was full' }, []);
  const [suite] = parsed({ title: 'run', outcome: 'INVALID', runs: [invalid] }).testsuite;
  expect(suite?.testcase.map(kindOf)).toEqual(['error INVALID']);
});

describe('names with markup', () => {
  test.each(HOSTILE)('%j comes back as it was', (name) => {
    const { testsuite } = parsed(hostileResult(name));
    const texts = testsuite.flatMap(({ name, testcase }) => [name, ...testcase.map((each) => each.name)]);
    // oxlint-disable-next-line no-control-regex -- XML has no place for them
    const legible = name.replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/g, '\uFFFD').trim();
    expect(texts.some((text) => text.includes(legible))).toBe(true);
  });
});
