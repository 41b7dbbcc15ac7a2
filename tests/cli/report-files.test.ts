import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';
import type { Finished } from './shop-plan.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'shop-plan-report-files-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const verify = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Finished> =>
  shopPlan(['verify', 'url-shortener', '--computed-only', ...args], env, folder);

describe('--report', () => {
  it('writes each file as its name says, and leaves standard output to the result', async () => {
    const [plain, reported] = await Promise.all([
      verify(['--json']),
      verify(['--json', '--report', 'a/junit.xml', '--report', 'summary.md']),
    ]);
    expect(reported.stdout).toBe(plain.stdout);
    expect(reported.code).toBe(plain.code);
    expect(reported.stderr).toContain('report written to a/junit.xml');
    expect(readFileSync(join(folder, 'a/junit.xml'), 'utf8')).toContain('<testsuite name="claims of url-shortener"');
    expect(readFileSync(join(folder, 'summary.md'), 'utf8')).toMatch(/^## . \w+: claims of url-shortener\n/);
  });

  it('refuses what it cannot write, all of it, before anything is done', async () => {
    writeFileSync(join(folder, 'mine.md'), 'mine');
    const { code, stdout, stderr } = await verify(['--report', 'mine.md', '--report', 'report.pdf']);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('mine.md is there already');
    expect(stderr).toContain('report.pdf: its name does not say what kind of report');
    expect(readdirSync(folder)).toEqual(['mine.md']);
  });

  it('replaces a file when it is told to', async () => {
    writeFileSync(join(folder, 'mine.md'), 'mine');
    await verify(['--report', 'mine.md', '--overwrite']);
    expect(readFileSync(join(folder, 'mine.md'), 'utf8')).toContain('url-shortener');
  });
});

describe('under GitHub Actions', () => {
  const env = (): Record<string, string> => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_STEP_SUMMARY: join(folder, 'step-summary.md'),
  });

  it('annotations go to standard error, and the report behind what the job’s summary has already', async () => {
    writeFileSync(join(folder, 'step-summary.md'), 'before\n');
    const { stdout, stderr } = await verify(['--json'], env());
    expect(JSON.parse(stdout)).toMatchObject({ kind: 'verification' });
    expect(stderr).toMatch(/^::notice title=\w+%3A claims of url-shortener::/m);
    expect(readFileSync(join(folder, 'step-summary.md'), 'utf8')).toMatch(/^before\n## /);
  });

  it('neither when they are turned off', async () => {
    const { stderr } = await verify(['--json', '--no-annotations'], env());
    expect(stderr).toBe('');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a summary that cannot be written is said, and changes no exit code', async () => {
    const [fine, failed] = await Promise.all([
      verify(['--json']),
      verify(['--json'], { ...env(), GITHUB_STEP_SUMMARY: join(folder, 'nowhere/summary.md') }),
    ]);
    expect(failed.stderr).toContain('the job summary could not be written');
    expect(failed.code).toBe(fine.code);
  });
});
