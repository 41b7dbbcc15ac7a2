import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { estimate } from '../../model/estimate/estimate.ts';
import { readPlan } from '../../model/plan/read-plan.ts';

const [, example = ''] = /```yaml\n(plan: my-shop\n[\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];

describe("the README's plan", () => {
  it('estimates as it stands there', () => {
    const { quantities, steps } = estimate(readPlan('README.md', example));
    expect(quantities.find(({ id }) => id === 'app.servers')).toMatchObject({ value: 2, unit: 'server' });
    expect(steps[0]?.bottleneck).toBe('app');
  });
});
