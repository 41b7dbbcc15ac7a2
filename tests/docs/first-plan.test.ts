import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { estimate } from '../../model/estimate/estimate.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { shopPlan } from '../cli/shop-plan.ts';
import { PARCELS_BLOCKS, parcelsPlan, smallestPlan } from './first-plan.ts';

describe('the smallest plan', () => {
  it('estimates as it stands there', () => {
    const { quantities, steps } = estimate(readPlan('first-plan.md', smallestPlan()));
    expect(quantities.find(({ id }) => id === 'traffic.peak')?.value).toBeCloseTo(1_388.9, 1);
    expect(quantities.find(({ id }) => id === 'app.servers')).toMatchObject({ value: 2, unit: 'server' });
    expect(steps[0]?.bottleneck).toBe('app');
  });
});

describe('the plan that grows', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shop-plan-parcels-'));
  const file = join(folder, 'parcels.yaml');
  afterAll(() => rmSync(folder, { recursive: true }));
  /** What a command says of the first blocks, without line breaks. */
  const says = async (count: number, ...args: string[]): Promise<string> => {
    writeFileSync(file, parcelsPlan(count));
    const { stdout, stderr } = await shopPlan([...args, file]);
    expect(stderr).toBe('');
    return stdout.replaceAll(/\s+/g, ' ');
  };

  it('has four blocks', () => expect(PARCELS_BLOCKS).toBe(4));

  it.each([
    [1, ['estimate'], ['555.6 scan/s', '277.8 req/s', '1.752 TB']],
    [1, ['estimate', '--samples', '10000'], ['440.7 scan/s 890.6 scan/s 53 % parcels']],
    [2, ['estimate'], ['`api` breaks first, at 1.44 times the peak. $1,050 a month', '$2,250 a month']],
    [3, ['growth'], ['Step 1 until month 7 (`database`, which is one instance), step 2 to the end, month 36.']],
    [3, ['solve', '--load', '3x'], ['Step 2 carries it for $4,726/month']],
    [4, ['audit'], ['✓ holds 2', '✗ contradicted 1', 'says 2 servers, comes to 3 servers']],
  ])('gives with %d blocks and %j what it says', async (count, args, expected) => {
    const said = await says(count, ...args);
    for (const text of expected) expect(said).toContain(text);
  });
});
