import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInput, PROBLEMS } from '../../model/document/diagnostic.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { shopPlan } from '../cli/shop-plan.ts';
import { wordsOf } from './command-lines.ts';

const text = readFileSync('docs/errors.md', 'utf8');
const sections = [...text.matchAll(/^## (\w+)\n[\s\S]*?```(yaml|sh)\n([\s\S]*?)```/gm)].map(
  ([, code = '', language = '', example = '']) => ({ code, language, example }),
);
const plans = sections.filter(({ language }) => language === 'yaml');
const commands = sections.filter(({ language }) => language === 'sh');

function codesOf(example: string): string[] {
  try {
    readPlan('example.yaml', example);
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('docs/errors.md', () => {
  it('has a section with an example for every code there is', () => {
    expect(sections.map(({ code }) => code)).toEqual(PROBLEMS.map((problem) => `PLAN_${problem}`));
  });

  it.each(plans)('shows a plan that is refused with $code', ({ code, example }) => {
    expect(codesOf(example)).toContain(code);
  });

  it.each(commands)('shows a command that is refused with $code', async ({ code, example }) => {
    const [program, ...args] = wordsOf(example);
    expect(program).toBe('shop-plan');
    const result = await shopPlan([...args, '--json']);
    expect(result.code).toBe(2);
    const { errors } = JSON.parse(result.stdout) as { errors: { code: string }[] };
    expect(errors.map((error) => error.code)).toEqual([code.replace('PLAN_', 'GOAL_')]);
  });
});
