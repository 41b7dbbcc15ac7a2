import { describe, expect, it } from 'vitest';
import { UnitTable } from '../../model/units/unit.ts';
import { guess } from './guess.ts';
import { ScriptedKeyboard } from './testing/scripted-keyboard.ts';

async function guessed(asked: { value: number; unit: string }, ...lines: readonly string[]) {
  const keyboard = new ScriptedKeyboard(...lines);
  const back: string[] = [];
  const says = await guess(keyboard, asked, {
    units: UnitTable.standard,
    askBack: (question) => void back.push(question),
  });
  return { says, back, prompts: keyboard.prompts };
}

describe('an estimate', () => {
  it.each([
    [{ value: 6_944, unit: 'req/s' }, '7k', 'You say 7,000 req/s. Right, and close.'],
    [{ value: 6_944, unit: 'req/s' }, '420,000/min', 'You say 7,000 req/s. Right, and close.'],
    [{ value: 9, unit: '' }, '90', 'You say 90. Not yet: too high by a factor of 10'],
    [{ value: 1.281e15, unit: 'PB' }, '1.6', 'You say 1.6 PB. Right, and close.'],
  ])('of %j as %s is judged', async (asked, line, says) => {
    expect((await guessed(asked, line)).says).toContain(says);
  });

  it('that cannot be understood is asked for again, with an example', async () => {
    const { says, back, prompts } = await guessed({ value: 6_944, unit: 'req/s' }, 'many', '5 GB', '7k');
    expect(says).toContain('7,000 req/s');
    expect([back.length, prompts.length]).toEqual([2, 3]);
  });

  it('is asked for in words that fit a number', async () => {
    const keyboard = new ScriptedKeyboard('9');
    const units = UnitTable.standard.add('server');
    await guess(keyboard, { value: 9, unit: 'server' }, { units, askBack: () => {} });
    expect(keyboard.prompts).toEqual(['Your estimate in servers, or Enter to leave it open: ']);
  });

  it('may be begun before it is asked for', async () => {
    const back: string[] = [];
    const keyboard = new ScriptedKeyboard('7k');
    const options = { units: UnitTable.standard, askBack: (question: string) => void back.push(question) };
    expect(await guess(keyboard, { value: 6_944, unit: 'req/s' }, { ...options, begun: '7000 GB' })).toContain('7,000');
    expect(back).toHaveLength(1);
  });

  it.each([[[]], [['']], [['nonsense', ' ']]])('is left open with %j', async (lines) => {
    expect((await guessed({ value: 1, unit: 's' }, ...lines)).says).toBeNull();
  });
});
