import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shopPlan } from './shop-plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'shop-plan-limits-'));
afterAll(() => rmSync(folder, { recursive: true }));

function scenario(text: string): string {
  const path = join(folder, 'mine.yaml');
  writeFileSync(path, `{ scenario: mine, steps: [2], ${text} }`);
  return path;
}

describe('run', () => {
  it.each([
    [
      'faults',
      'phases: [{ name: p, duration: 60 s, rate: 10 req/s }], faults: [{ fault: errors, tier: app, share: 5 %, at: 10 s }]',
      '`mine`: `errors` of `app` cannot be brought about on live servers: only third parties fail on demand (step 2)',
    ],
    ['a week', 'phases: [{ name: p, duration: 7 days, rate: 10 req/s }]', '`mine` lasts longer than 24 hours'],
  ])('refuses %s before anything is looked for, and says what can do it', async (_, text, message) => {
    const { code, stdout, stderr } = await shopPlan(['run', scenario(text)]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`shop-plan simulate ${join(folder, 'mine.yaml')}`);
  });

  it('finds a trace beside the scenario, and says which is not there', async () => {
    writeFileSync(join(folder, 'there.csv'), '10\n20\n');
    const of = (file: string): string =>
      scenario(
        `phases: [{ name: p, duration: 7 days, trace: { file: ${file} } }, { name: q, duration: 1 s, rate: 1 req/s }]`,
      );
    const there = await shopPlan(['run', of('there.csv')]);
    expect([there.code, there.stderr.includes('lasts longer than 24 hours')]).toEqual([2, true]);
    const missing = await shopPlan(['run', of('missing.csv')]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('error[SCENARIO_UNKNOWN_NAME]: there is no file `missing.csv`');
  });
});
