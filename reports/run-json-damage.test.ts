import { anything, array, assert, constantFrom, jsonValue, nat, property, string, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRunJson } from './run-json.ts';
import { FILLED_RUN } from './testing/filled-run.ts';

const TEXT = JSON.stringify(FILLED_RUN);

type Path = readonly (string | number)[];

/** Every value within, the containers as well, with the way to it. */
function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Object.entries(value).flatMap(([key, each]) =>
    pathsOf(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
  return path.length === 0 ? inside : [path, ...inside];
}

const PATHS = pathsOf(FILLED_RUN);

/** The run with one value in the place of another; without it where that is undefined. */
function changed(path: Path, change: (old: unknown) => unknown): string {
  const [last] = path.slice(-1);
  const run: unknown = JSON.parse(TEXT);
  let holder: unknown = run;
  for (const key of path.slice(0, -1)) holder = Reflect.get(Object(holder), key);
  const old: unknown = Reflect.get(Object(holder), last ?? '');
  const value = change(old);
  if (value === undefined) Reflect.deleteProperty(Object(holder), last ?? '');
  else Reflect.set(Object(holder), last ?? '', value);
  return JSON.stringify(run);
}

/** A value of another type. */
function ofAnotherType(old: unknown): unknown {
  return typeof old === 'string' ? 7 : 'text';
}

function problemOf(text: string): string | undefined {
  const read = readRunJson(text);
  if (!('problem' in read)) return undefined;
  expect(read.help).not.toBe('');
  expect(read.problem).not.toBe('');
  return read.problem;
}

test('a run with everything that there can be is read as it was written', () => {
  expect(readRunJson(TEXT)).toEqual(FILLED_RUN);
});

describe('whatever happens to a result file, it is a problem that names something', () => {
  test('cut off anywhere', () => {
    assert(
      property(nat(TEXT.length - 1), (length) => {
        expect(problemOf(TEXT.slice(0, length))).toMatch(/^the file (is empty|ends in the middle)$/);
      }),
    );
  });

  test('a field of another type, any of them', () => {
    const unnamed = PATHS.filter((path) => {
      const problem = problemOf(changed(path, ofAnotherType));
      return !problem?.includes(path.length > 1 ? `\`${path.join('.')}\`` : '');
    });
    expect(unnamed).toEqual([]);
  });

  test('a field that is gone, any of them: it is named, or was not needed', () => {
    const wrong = PATHS.filter((path) => {
      const text = changed(path, () => undefined);
      const read = readRunJson(text);
      if (!('problem' in read)) return JSON.stringify(read) !== JSON.stringify(JSON.parse(text));
      return !read.problem.includes(path.length > 1 ? path.slice(0, -1).join('.') : '');
    });
    expect(wrong).toEqual([]);
  });

  test('any value in the place of any field', () => {
    assert(
      property(constantFrom(...PATHS), jsonValue(), (path, value) => {
        const text = changed(path, () => value);
        const read = readRunJson(text);
        if ('problem' in read) expect(read.problem).not.toBe('');
        else expect(read.kind).toBe('run');
      }),
    );
  });

  test('any bytes, and any JSON', () => {
    assert(property(uint8Array(), (bytes) => problemOf(Buffer.from(bytes).toString()) !== undefined));
    assert(property(array(string()), (lines) => problemOf(lines.join('\n')) !== undefined));
    assert(property(jsonValue(), (value) => problemOf(JSON.stringify(value)) !== undefined));
    assert(
      property(anything(), (value) => {
        const text = JSON.stringify({ ...FILLED_RUN, observation: value }) ?? '';
        expect(problemOf(text)).toContain('observation');
      }),
    );
  });

  test('the histogram of a class or of a journey', () => {
    for (const field of ['classes', 'journeys'] as const)
      for (const name of ['response_us', 'service_us'] as const) {
        const path = ['observation', field, 0, name];
        expect(problemOf(changed(path, () => 'SGlzdA=='))).toContain(`\`${path.join('.')}\`: not an HdrHistogram`);
      }
  });

  test('very deep or very wide', () => {
    const deep = `${'['.repeat(1e6)}${']'.repeat(1e6)}`;
    expect(problemOf(deep)).toContain('names no kind');
    expect(problemOf(TEXT.replace('"complete":false', `"complete":${deep}`))).toContain('`observation.complete`');
    const wide = changed(['observation', 'phases'], () => Array.from({ length: 1e5 }, () => 7));
    expect(problemOf(wide)).toMatch(/`observation\.phases\.0`: .{1,80} \(and 99999 more\)$/);
  });

  test('cut off within something very long', () => {
    for (const text of ['{"a":"' + 'x'.repeat(1e7), '{"a":"' + String.raw`\"`.repeat(1e6), '{"a":'.repeat(1e6)])
      expect(problemOf(text)).toBe('the file ends in the middle');
  });

  test('what would steer a terminal is not passed on', () => {
    const text = changed(['observation', 'counters'], () => ({ '\u001B[31m\u0007': 'red' }));
    expect(problemOf(text)).toContain('`observation.counters.·[31m·`');
    expect(problemOf(`\u001B[31m`)).toMatch(/^not JSON: \P{Cc}*$/u);
    expect(problemOf(JSON.stringify({ kind: '\u001B[31m' }))).toMatch(/^not the result of a run: \P{Cc}*$/u);
  });
});
