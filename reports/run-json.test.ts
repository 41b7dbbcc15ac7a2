import { describe, expect, test } from 'vitest';
import { SIMULATOR_CLAIMS } from '../model/judge/claims.ts';
import { isCriterionProblem, parseCriterion } from '../model/judge/criterion.ts';
import { judge } from '../model/judge/judge.ts';
import { ONE_TO_1000, classByHand, observationByHand } from '../model/judge/observation-by-hand.ts';
import { readRunJson, writeRunJson } from './run-json.ts';
import { runJsonSchema } from './run-schema.ts';

const observation = observationByHand([classByHand({ latencies: ONE_TO_1000, timeout: 3 })], {
  tiers: [{ tier: 'app', series: [{ at_s: 1, cpu_cores: 0.5 }] }],
  events: [{ at_s: 3, kind: 'fault', detail: 'killed' }],
});
const criteria = [
  'p95(search) < 1 s',
  'max(latency, service) < 1 s in peak',
  'error_rate < 1 %',
  'ratio(a, b) > 1 %',
  'per_request(a) < 1',
  'counter(a) < 1',
  'cpu(app) < 1 core',
].flatMap((text) => {
  const criterion = parseCriterion(text);
  return isCriterionProblem(criterion) ? [] : [criterion];
});
const judgement = judge(observation, criteria, SIMULATOR_CLAIMS);
const TEXT = writeRunJson(observation, judgement);

test('what was written is read', () => {
  expect(judgement.verdicts).toHaveLength(7);
  expect(readRunJson(TEXT)).toEqual({ formatVersion: 2, kind: 'run', observation, judgement });
});

test('a run of format 1 is read as one that does not say what it was made on', () => {
  const text = changed((run) => (run['formatVersion'] = 1));
  expect(readRunJson(text)).toEqual({ formatVersion: 2, kind: 'run', observation, judgement });
});

test('the version comes first, and the text ends with a line end', () => {
  expect(TEXT.startsWith('{\n  "formatVersion": 2,\n  "kind": "run",')).toBe(true);
  expect(TEXT.endsWith('}\n')).toBe(true);
});

function changed(change: (run: Record<string, unknown>) => void): string {
  const run: Record<string, unknown> = { formatVersion: 2, kind: 'run', observation, judgement };
  change(run);
  return JSON.stringify(run);
}

describe('what is no result file', () => {
  test.each([
    ['empty', '', 'the file is empty', 'cut off'],
    ['half written', TEXT.slice(0, TEXT.length / 2), 'ends in the middle', 'cut off'],
    ['not JSON', 'plan: shop', 'not JSON', 'result.json'],
    ['a number', '7', 'names no kind', 'result.json'],
    ['foreign', '{"metrics":{"http_reqs":{}}}', 'names no kind', 'result.json'],
    ['of another kind', '{"formatVersion":1,"kind":"ledger"}', 'of kind `ledger`', 'result.json'],
    ['newer', changed((run) => (run['formatVersion'] = 3)), 'newer shop-plan (format 3; this one reads 2)', 'update'],
    ['without version', changed((run) => delete run['formatVersion']), 'unknown format version', 'again'],
    ['without observation', changed((run) => delete run['observation']), 'damaged at `observation`', 'again'],
    [
      'with a wrong field',
      changed((run) => (run['observation'] = { ...observation, complete: 'yes' })),
      'damaged at `observation.complete`',
      'again',
    ],
    [
      'with a broken histogram',
      changed((run) => {
        run['observation'] = { ...observation, classes: [{ ...observation.classes[0], service_us: 'SGlzdA==' }] };
      }),
      'damaged at `observation.classes.0.service_us`: not an HdrHistogram',
      'again',
    ],
  ])('%s', (_, text, problem, help) => {
    expect(readRunJson(text)).toEqual({
      problem: expect.stringContaining(problem),
      help: expect.stringContaining(help),
    });
  });
});

test('the published schema names every top-level field', () => {
  expect(runJsonSchema()).toMatchObject({
    type: 'object',
    required: ['formatVersion', 'kind', 'observation', 'judgement'],
    properties: { observation: { properties: { totals: { type: 'object' } } } },
  });
});
