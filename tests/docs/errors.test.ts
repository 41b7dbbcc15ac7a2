import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput, PROBLEMS } from '../../model/document/diagnostic.ts';
import { readPlan } from '../../model/plan/read-plan.ts';

const text = readFileSync('docs/errors.md', 'utf8');
const sections = [...text.matchAll(/^## (\w+)\n[\s\S]*?```yaml\n([\s\S]*?)```/gm)].map(
  ([, code = '', example = '']) => ({
    code,
    example,
  }),
);

describe('docs/errors.md', () => {
  it('has a section with an example for every code there is', () => {
    expect(sections.map(({ code }) => code)).toEqual(PROBLEMS.map((problem) => `PLAN_${problem}`));
  });

  it.each(sections)('shows an example that is refused with $code', ({ code, example }) => {
    try {
      readPlan('example.yaml', example);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      expect(error.diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
      return;
    }
    throw new Error('the example was accepted');
  });
});
