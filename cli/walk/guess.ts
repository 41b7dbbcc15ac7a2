import { isUnderstood } from '../../model/answer/answer.ts';
import { isShare } from '../../model/answer/asked-for.ts';
import { readAnswer } from '../../model/answer/read-answer.ts';
import { judgeAnswer } from '../../model/drill/judge-answer.ts';
import type { Question } from '../../model/lesson/lesson.ts';
import { DIMENSIONLESS } from '../../model/units/dimension.ts';
import type { UnitTable } from '../../model/units/unit.ts';
import type { Keyboard } from './keyboard.ts';

type Guess = NonNullable<Question['guess']>;

/**
 * Asks for a number until it is understood, and says how near it is, by its order of magnitude; null where the learner leaves it open.
 * `askBack` gets what to ask about an answer that cannot be understood.
 */
export async function guess(
  keyboard: Keyboard,
  { value, unit }: Guess,
  units: UnitTable,
  askBack: (question: string) => void,
): Promise<string | null> {
  const parsed = unit === '' ? { dimension: DIMENSIONLESS } : units.parse(unit);
  if ('unknown' in parsed) throw new Error(`\`${unit}\` is no unit`);
  const asked = { dimension: parsed.dimension, unit, units };
  const prompt = `Your estimate${unit === '' ? '' : ` in ${unit}`}, or Enter to leave it open: `;
  for (;;) {
    const line = await keyboard.line(prompt);
    if (line === null || line.trim() === '') return null;
    const answer = readAnswer(line, asked);
    if (isUnderstood(answer)) {
      const { says } = judgeAnswer(answer.value, value, { isShare: isShare(asked) });
      return `You say ${answer.shown}. ${says}`;
    }
    askBack(answer.asksBack);
  }
}
