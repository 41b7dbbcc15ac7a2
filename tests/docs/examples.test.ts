import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shopPlan } from '../cli/shop-plan.ts';
import { documents, wordsOf } from './command-lines.ts';
import { missing } from './shown-output.ts';

/** Examples that start no server: `$ shop-plan …` and what it prints. */
const examples = documents().flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```(?:text)?\n\$ shop-plan (.*)\n([\s\S]*?)```/g)].map(
    ([, command = '', shown = '']) => ({ file, command, shown }),
  ),
);

describe('examples in the documentation', () => {
  it('are there', () => expect(examples.length).toBeGreaterThan(12));

  it.each(examples)('$file: $command', async ({ command, shown }) => {
    const { stdout } = await shopPlan(wordsOf(command), { COLUMNS: '100' });
    expect(missing(shown, stdout)).toEqual([]);
  });
});
