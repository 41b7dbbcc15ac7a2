import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadPlan } from '../../api/files.ts';
import { InvalidInput, PROBLEMS } from '../../model/document/diagnostic.ts';
import { readLesson } from '../../model/lesson/read-lesson.ts';
import { NO_MEASUREMENTS } from '../../model/lesson/testing/no-measurements.ts';
import { readPlan } from '../../model/plan/read-plan.ts';
import { shopPlan } from '../cli/shop-plan.ts';
import { wordsOf } from './command-lines.ts';

const text = readFileSync('docs/errors.md', 'utf8');
const sections = [...text.matchAll(/^## (\w+)\n[\s\S]*?```(yaml|sh)\n([\s\S]*?)```/gm)].map(
  ([, code = '', language = '', example = '']) => ({ code, language, example }),
);
const plans = sections.filter(({ code, language }) => code.startsWith('PLAN_') && language === 'yaml');
const lessons = sections.filter(({ code }) => code.startsWith('LESSON_'));
const commands = sections.filter(({ language }) => language === 'sh');

const shop = await loadPlan('amazon-shop');

function codesOf(read: () => unknown): string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics.map(({ code }) => code);
    throw error;
  }
  return [];
}

describe('docs/errors.md', () => {
  it('has a section with an example for every code there is', () => {
    expect(sections.map(({ code }) => code.replace(/^[A-Z]+?_/, ''))).toEqual(PROBLEMS);
  });

  it.each(plans)('shows a plan that is refused with $code', ({ code, example }) => {
    expect(codesOf(() => readPlan('example.yaml', example))).toContain(code);
  });

  it.each(lessons)('shows a lesson that is refused with $code', ({ code, example }) => {
    expect(
      codesOf(() => readLesson('mine/1-example.yaml', example, { plan: shop, measurements: NO_MEASUREMENTS })),
    ).toContain(code);
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
