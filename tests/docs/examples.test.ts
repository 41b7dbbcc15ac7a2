import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shopPlan } from '../cli/shop-plan.ts';
import { wordsOf } from '../cli/words-of.ts';

/** Examples that start no server: `$ shop-plan …` and what it prints, where `…` stands for lines left out. */
const FILES = ['docs/questions.md', 'docs/findings.md'];

const examples = FILES.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/```\n\$ shop-plan (.*)\n([\s\S]*?)```/g)].map(
    ([, command = '', shown = '']) => ({ file, command, shown }),
  ),
);

/** Lines that are shown and that the output does not hold, in this order. */
function missing(shown: string, output: string): string[] {
  const lines = output.split('\n');
  let at = 0;
  return shown.split('\n').filter((line) => {
    if (line.trim() === '' || line === '…') return false;
    const found = lines.indexOf(line, at);
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}

describe('examples in the documentation', () => {
  it('are there', () => expect(examples.length).toBeGreaterThan(8));

  it.each(examples)('$file: $command', async ({ command, shown }) => {
    const { stdout } = await shopPlan(wordsOf(command), { COLUMNS: '100' });
    expect(missing(shown, stdout)).toEqual([]);
  });
});
