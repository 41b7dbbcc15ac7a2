import { describe, expect, it } from 'vitest';
import type { DecisionAnswers } from '../../model/decision/follow.ts';
import { FRAMEWORK } from '../../model/decision/testing/framework.ts';
import { UnitTable } from '../../model/units/unit.ts';
import { plainStyle } from '../../reports/style.ts';
import { decide } from './decide.ts';

const UNITS = UnitTable.standard.add('engineer');

/** Runs the decision with lines that are typed one after the other; then the input ends. */
async function run(
  lines: readonly string[],
  answers: DecisionAnswers = {},
): Promise<{ kept: DecisionAnswers | null; keptTimes: number; shown: string; prompts: string[] }> {
  const typed = [...lines];
  const prompts: string[] = [];
  let shown = '';
  const kept: DecisionAnswers[] = [];
  await decide({
    terminal: { out: (text) => (shown += text), style: plainStyle, width: 80 },
    keyboard: {
      line: async (prompt) => {
        prompts.push(prompt);
        return typed.shift() ?? null;
      },
    },
    decision: FRAMEWORK,
    answers,
    units: UNITS,
    keep: async (given) => void kept.push(given),
  });
  return { kept: kept.at(-1) ?? null, keptTimes: kept.length, shown, prompts };
}

describe('decide', () => {
  it('asks one question after the other and shows what comes out', async () => {
    const { kept, shown, prompts } = await run(['12', 'n', 'No.', '6 weeks']);
    expect(kept).toEqual({ team: '12', scaling: 'no', availability: 'no', deadline: '6' });
    expect(prompts).toEqual([
      'a number of engineers (h hint, q leave): ',
      'yes or no (h hint, q leave): ',
      'yes or no (h hint, q leave): ',
      'a number of weeks (h hint, q leave): ',
    ]);
    expect(shown).toContain('Question 4: deadline?');
    expect(shown).toContain('Your outcome: A monolith');
  });

  it('takes people for what is counted, and not for weeks', async () => {
    expect((await run(['12 people', 'n', 'n', '6 people'])).kept).toEqual({
      team: '12',
      scaling: 'no',
      availability: 'no',
    });
  });

  it('gives hints, and asks again in a friendly way', async () => {
    const { kept, shown } = await run(['h', '', 'a few', '12', '', 'perhaps', 'y']);
    expect(kept).toEqual({ team: '12', scaling: 'yes' });
    expect(shown).toContain('think of team');
    expect(shown).toContain('Take your time: a guess is enough');
    expect(shown).toContain('Take your time: `y` for yes');
    expect(shown).toContain('That was neither: `y` for yes');
  });

  it('keeps what was answered when the learner leaves or the input ends', async () => {
    const left = await run(['12', 'q']);
    expect(left.kept).toEqual({ team: '12' });
    expect(left.shown).toContain('Your answers so far are kept');
    expect((await run(['12'])).kept).toEqual({ team: '12' });
    expect((await run(['q'])).kept).toBeNull();
    expect((await run([])).kept).toBeNull();
  });

  it('goes on behind answers from before', async () => {
    const { kept, shown } = await run(['y'], { team: '12' });
    expect(kept).toEqual({ team: '12', scaling: 'yes' });
    expect(shown).toContain('Going on behind the answer that you gave before.');
    expect(shown).toContain('Question 2: scaling?');
  });

  it('shows a decision that was made before, and begins again only if that is wanted', async () => {
    const made = { team: '7' };
    const left = await run(['no'], made);
    expect(left.kept).toBeNull();
    expect(left.shown).toContain('Your outcome: A monolith');
    expect((await run(['yes', '12', 'y'], made)).kept).toEqual({ team: '12', scaling: 'yes' });
  });

  it('keeps each answer at once, also of a second time, which loses nothing of the first before it has one', async () => {
    expect((await run(['12', 'n', 'No.', '6 weeks'])).keptTimes).toBe(4);
    expect((await run(['yes', '12'], { team: '7' })).kept).toEqual({ team: '12' });
    expect((await run(['yes', 'q'], { team: '7' })).kept).toBeNull();
  });

  it('asks again whether to begin again until that is clear', async () => {
    const { shown, prompts, kept } = await run(['perhaps', '', 'y', '12'], { team: '7' });
    expect(shown.match(/That was neither: `y` begins again/g)).toHaveLength(2);
    expect(prompts.filter((prompt) => prompt.includes('Begin again?'))).toHaveLength(3);
    expect(kept).toEqual({ team: '12' });
    expect((await run(['q'], { team: '7' })).prompts).toHaveLength(1);
  });

  it('never writes wider than the terminal', async () => {
    const { shown } = await run(['h', '', '12', 'n', 'y']);
    expect(shown.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
