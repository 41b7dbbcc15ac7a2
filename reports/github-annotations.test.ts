import { describe, expect, test } from 'vitest';
import { githubAnnotations } from './github-annotations.ts';
import { HOSTILE, hostileResult } from './testing/hostile-names.ts';
import { checkByHand, runByHand } from './testing/result-by-hand.ts';

interface Command {
  readonly level: string;
  readonly title: string;
  readonly message: string;
}

/** As GitHub's runner reads a line. */
function read(line: string): Command {
  const [, level = '', property = '', message = ''] = /^::(\w+) title=([^,:]*)::(.*)$/.exec(line) ?? [];
  const decoded = (text: string): string =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%');
  return { level, title: decoded(property), message: decoded(message) };
}

function commands(text: string): Command[] {
  return text.trimEnd().split('\n').map(read);
}

test('what did not pass are errors, then the cause, then the outcome', () => {
  expect(commands(githubAnnotations(checkByHand())).map(({ level, title }) => `${level} ${title}`)).toEqual([
    'error p95(checkout) < 1 s (weight 2)',
    'error p99.9(checkout) < 5 s (weight 2)',
    'error cpu(app) < 1 core (weight 2)',
    'error it runs',
    'notice the cause is probably `database`',
    'notice FAIL: check of amazon-shop, step 3',
  ]);
});

test('what a gate lets pass are warnings', () => {
  const [first] = commands(githubAnnotations({ ...checkByHand(), outcome: 'PASS' }));
  expect(first?.level).toBe('warning');
});

test('more than GitHub shows are counted', () => {
  const failures = Array.from({ length: 12 }, (_, index) => {
    return { plan: 'amazon-shop', step: 1, scenario: `scenario-${index}`, because: 'no server' };
  });
  const errors = commands(githubAnnotations({ ...checkByHand(runByHand({}, [])), outcome: 'FAIL', failures })).filter(
    ({ level }) => level === 'error',
  );
  expect(errors).toHaveLength(10);
  expect(errors.at(-1)?.title).toBe('3 more');
});

describe('names with markup', () => {
  test.each(HOSTILE)('%j stays within its command', (name) => {
    const all = commands(githubAnnotations(hostileResult(name)));
    expect(all.map(({ level }) => level)).toEqual(['error', 'error', 'error', 'error', 'notice', 'notice']);
    expect(all[0]?.title).toBe(`${name} (weight 2)`);
  });
});
