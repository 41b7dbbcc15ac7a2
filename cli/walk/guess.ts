import { isUnderstood } from '../../model/answer/answer.ts';
import { askedIn, isShare, unitName } from '../../model/answer/asked-for.ts';
import { readAnswer } from '../../model/answer/read-answer.ts';
import { judgeAnswer } from '../../model/drill/judge-answer.ts';
import type { Question } from '../../model/lesson/lesson.ts';
import type { UnitTable } from '../../model/units/unit.ts';
import type { Keyboard } from './keyboard.ts';

type Guess = NonNullable<Question['guess']>;

export interface GuessOptions {
  readonly units: UnitTable;
  /** Gets what to ask about an answer that cannot be understood. */
  readonly askBack: (question: string) => void;
  /** What was typed of the answer already. */
  readonly begun?: string;
}

/** Asks for a number until it is understood, and says how near it is, by its order of magnitude; null where the learner leaves it open. */
export async function guess(
  keyboard: Keyboard,
  { value, unit }: Guess,
  { units, askBack, begun }: GuessOptions,
): Promise<string | null> {
  const asked = askedIn(unit, units);
  const name = unitName(asked);
  const prompt = `Your estimate${name === '' ? '' : ` in ${name}`}, or Enter to leave it open: `;
  for (let typed = begun; ; typed = undefined) {
    const line = await keyboard.line(prompt, typed);
    if (line === null || line.trim() === '') return null;
    const answer = readAnswer(line, asked);
    if (isUnderstood(answer)) {
      const { says } = judgeAnswer(answer.value, value, { isShare: isShare(asked) });
      return `You say ${answer.shown}. ${says}`;
    }
    askBack(answer.asksBack);
  }
}
