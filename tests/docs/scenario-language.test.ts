import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPlan } from '../../api/files.ts';
import { readScenario } from '../../model/scenario/read-scenario.ts';

const text = readFileSync('docs/scenario-language.md', 'utf8');
const examples = [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, example = '']) => ({ example }));
const ENGINES = new Map([
  ['open-loop', true],
  ['autocannon', false],
]);
const plan = await loadPlan('amazon-shop');

/** What an example leaves out. */
function whole(example: string): string {
  const name = example.includes('scenario:') ? '' : 'scenario: example\n';
  return example.includes('phases:')
    ? name + example
    : `${name}${example}phases: [{ name: p, duration: 1 min, rate: 1 req/s }]`;
}

describe('docs/scenario-language.md', () => {
  it('has an example of each part', () => expect(examples.length).toBe(9));

  it.each(examples)('shows what is accepted, example %#', ({ example }) => {
    expect(readScenario('example.yaml', whole(example), plan, ENGINES).phases.length).toBeGreaterThan(0);
  });
});
