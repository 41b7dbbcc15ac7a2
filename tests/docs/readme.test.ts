import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadPlan, shippedPlans } from '../../api/files.ts';
import { audit } from '../../model/claims/audit.ts';
import { shopPlan } from '../cli/shop-plan.ts';
import { missing } from './shown-output.ts';

const readme = readFileSync('README.md', 'utf8');
const prose = readme.replaceAll(/\s+/g, ' ');

it('says how many claims there are, and how many do not follow', async () => {
  const { claims } = audit(await Promise.all(shippedPlans().map((name) => loadPlan(name))));
  const contradicted = claims.filter(({ verdict }) => verdict === 'contradicted');
  expect(prose).toContain(
    `Of the ${claims.length} numbers that the three systems' documents state, [${contradicted.length} do not follow`,
  );
});

it('shows what `estimate` says of the first plan', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-plan-readme-'));
  try {
    await shopPlan(['init'], {}, folder);
    const { stdout } = await shopPlan(['estimate', './plan.yaml'], {}, folder);
    const [, shown = ''] = /```\n(My photo app\n[\s\S]*?)```/.exec(readme) ?? [];
    expect(shown.split('\n').length).toBeGreaterThan(10);
    expect(missing(shown, stdout)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
