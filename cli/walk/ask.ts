import { isUnderstood } from '../../model/answer/answer.ts';
import type { ReadAnswer } from '../../model/answer/answer.ts';
import { isShare, unitName } from '../../model/answer/asked-for.ts';
import { readAnswer } from '../../model/answer/read-answer.ts';
import type { AskedQuestion } from '../../model/drill/ask-question.ts';
import { judgeAnswer } from '../../model/drill/judge-answer.ts';
import type { DrillAnswer } from '../../model/progress/progress.ts';
import { hintDocument, questionDocument, verdictDocument } from '../../reports/drill/question-document.ts';
import type { QuestionPlace } from '../../reports/drill/question-document.ts';
import type { DrillSite } from './drill-site.ts';
import { tell, write } from './print.ts';

/** Asks one question until it is answered or skipped, and says how near the answer is; null when the learner quits. */
export async function ask(site: DrillSite, asked: AskedQuestion, place: QuestionPlace): Promise<DrillAnswer | null> {
  write(site, questionDocument(asked, place));
  for (;;) {
    const line = await site.keyboard.line(promptFor(asked));
    const word = line?.trim().toLowerCase();
    if (line === null || word === 'q' || word === 'quit') return null;
    if (word === 'h' || word === 'hint') write(site, hintDocument(asked));
    else if (word === '') {
      const skips = await wantsToSkip(site);
      if (skips === null) return null;
      if (skips) return judged(site, asked, null);
    } else {
      const answer = readAnswer(line, asked.asked);
      if (isUnderstood(answer)) return judged(site, asked, answer);
      tell(site, answer.asksBack);
    }
  }
}

/** `In req/s (h hint, Enter skip, q quit): ` */
function promptFor({ asked }: AskedQuestion): string {
  const unit = unitName(asked);
  return `${unit === '' ? 'A number' : `In ${unit}`} (h hint, Enter skip, q quit): `;
}

/** Enter may have been pressed by mistake. Null when the input has ended. */
async function wantsToSkip(site: DrillSite): Promise<boolean | null> {
  for (;;) {
    const key = await site.keyboard.key('Skip this question? y yes, n no: ');
    if (key === null) return null;
    if (key === 'y') return true;
    if (key === 'n') return false;
    tell(site, 'Press y to skip it, or n to answer it.');
  }
}

function judged(site: DrillSite, asked: AskedQuestion, answer: ReadAnswer | null): DrillAnswer {
  const { id: question, topic, variant, truth } = asked;
  const judgement = answer && judgeAnswer(answer.value, truth, { isShare: isShare(asked.asked) });
  const given = answer && judgement ? { shown: answer.shown, judgement } : null;
  write(site, verdictDocument(asked, given));
  return { question, topic, variant, given: answer?.value ?? null, truth, right: judgement?.right ?? false };
}
