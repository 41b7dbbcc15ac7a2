import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ARTEFACTS } from '../../reports/artefacts.ts';
import { resultJson } from '../../reports/result-json.ts';
import { writeRunJson } from '../../reports/run-json.ts';
import { checkByHand, runByHand } from '../../reports/testing/result-by-hand.ts';
import { shopPlan } from './shop-plan.ts';
import type { Finished } from './shop-plan.ts';

const KEPT = '20261121T100000Z-peak-step-3';
const { observation, judgement } = runByHand();
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'shop-plan-report-'));
  const run = join(folder, '.shop-plan/runs', KEPT);
  mkdirSync(run, { recursive: true });
  writeFileSync(join(run, 'result.json'), writeRunJson(observation, judgement));
  writeFileSync(join(folder, 'check.json'), resultJson(checkByHand()));
});
afterAll(() => rmSync(folder, { recursive: true }));

const report = (...args: string[]): Promise<Finished> => shopPlan(['report', ...args], { COLUMNS: '80' }, folder);

describe('on standard output', () => {
  it('a run as text, and its exit code', async () => {
    const { stdout, stderr, code } = await report(KEPT);
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout).toContain('✗ p95(checkout) < 1 s');
  });

  it('a run as it was kept', async () => {
    const { stdout } = await report(KEPT, '--json');
    expect(stdout).toBe(readFileSync(join(folder, '.shop-plan/runs', KEPT, 'result.json'), 'utf8'));
  });

  it('a run and a check together, as one result', async () => {
    const { stdout } = await report(KEPT, 'check.json', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ formatVersion: 1, kind: 'check', title: '2 results' });
  });

  it('with plots where they are asked for', async () => {
    const [plain, plots] = await Promise.all([report('check.json'), report('check.json', '--plots')]);
    expect(plain.stdout).not.toContain('┤');
    expect(plots.stdout).toContain('requests a second');
  });

  it.each([
    ['markdown', '## ✗ FAIL: check of amazon-shop'],
    ['junit', '<testsuites name="check of amazon-shop, step 3"'],
    ['html', '<!doctype html>'],
    ['csv', 'run,plan,step,scenario,start_s,phase'],
    ['hlog', '#[Histogram log format version 1.3]'],
    ['annotations', '::error title=p95(checkout) < 1 s'],
  ])('as %s', async (format, begins) => {
    const { stdout } = await report('check.json', '--format', format);
    expect(stdout.toLowerCase()).toContain(begins.toLowerCase());
  });
});

describe('into files', () => {
  it('of the kind that the name says, never over another one', async () => {
    const first = await report('check.json', '--out', 'out.xml');
    expect([first.code, first.stdout, first.stderr]).toEqual([1, '', 'written to out.xml\n']);
    expect(XMLValidator.validate(readFileSync(join(folder, 'out.xml'), 'utf8'))).toBe(true);
    writeFileSync(join(folder, 'out.xml'), 'precious');
    const second = await report('check.json', '--out', 'out.xml');
    expect([second.code, second.stderr]).toEqual([
      2,
      'error: out.xml is there already\n  = help: give `--overwrite` to replace it\n',
    ]);
    expect(readFileSync(join(folder, 'out.xml'), 'utf8')).toBe('precious');
    await report('check.json', '--out', 'out.xml', '--overwrite');
    expect(readFileSync(join(folder, 'out.xml'), 'utf8')).toContain('<testsuites');
  });

  it('all of them in a folder, never over what is no artefact', async () => {
    await report('check.json', '--out', 'all');
    expect(readdirSync(join(folder, 'all')).toSorted()).toEqual(ARTEFACTS.toSorted());
    expect((await report('check.json', '--out', 'all')).stderr).toContain('all holds artefacts already');
    expect((await report('all', '--out', 'all', '--overwrite')).code).toBe(1);
    writeFileSync(join(folder, 'all/notes.txt'), 'mine');
    const refused = await report('check.json', '--out', 'all', '--overwrite');
    expect([refused.code, refused.stderr]).toEqual([
      2,
      'error: all holds `notes.txt`, which is no artefact\n  = help: name another folder\n',
    ]);
    expect(existsSync(join(folder, 'all/notes.txt'))).toBe(true);
  });
});

it('says of all files that cannot be read why, and writes nothing', async () => {
  writeFileSync(join(folder, 'half.json'), '{"kind": "check", ');
  writeFileSync(join(folder, 'newer.json'), '{"kind": "check", "formatVersion": 7}');
  const { code, stdout, stderr } = await report('half.json', 'newer.json', 'nowhere', '--out', 'never.md');
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain('half.json: the file ends in the middle');
  expect(stderr).toContain('newer.json: written by a newer shop-plan (format 7; this one reads 1)');
  expect(stderr).toContain('nowhere');
  expect(existsSync(join(folder, 'never.md'))).toBe(false);
});
