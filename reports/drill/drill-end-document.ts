import { tally } from '../../model/drill/score.ts';
import type { Score } from '../../model/drill/score.ts';
import type { DrillAnswer } from '../../model/progress/progress.ts';
import type { Block, ReportDocument } from '../document.ts';
import { practiseBlocks, tallyText } from './score-document.ts';
import type { TopicNames } from './score-document.ts';

/** A question that was not answered rightly: the title of its topic, and the lesson as `shop-plan walk` takes it. */
export interface Missed {
  readonly topic: string;
  readonly lesson: string;
}

/** How a drill came out, and what to do next. */
export function drillEndDocument(
  answers: readonly DrillAnswer[],
  missed: readonly Missed[],
  score: Score,
  topics: readonly TopicNames[],
): ReportDocument {
  if (answers.length === 0) return [{ kind: 'paragraph', text: 'Nothing was answered, so nothing is kept.' }];
  const all = score.drills.length > 1 ? ` All drills so far: ${tallyText(score.total)}.` : '';
  return [
    { kind: 'heading', text: `This drill: ${tallyText(tally(answers))}` },
    ...missedBlocks(missed),
    ...practiseBlocks(score, topics),
    { kind: 'paragraph', text: `\`shop-plan walk --score\` shows how you do over time.${all}` },
  ];
}

function missedBlocks(missed: readonly Missed[]): Block[] {
  const lines = missed.map(({ topic, lesson }) => `${topic}: \`shop-plan walk ${lesson}\``);
  if (lines.length === 0) return [];
  return [{ kind: 'item', title: 'What was not right, and the lesson that has it:', lines: [...new Set(lines)] }];
}
