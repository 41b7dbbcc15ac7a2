import type { DrillAnswer } from '../progress/progress.ts';

/** So many of the last answers count. */
const RECENT = 10;
/** How much more often a topic comes where nothing is right than one where all is. */
const WEAK_TIMES = 5;

/**
 * How often a topic should come up, relative to others: 1 where all recent answers are right, up to 5 where none is. One that was never
 * asked lies in the middle (Laplace's rule of succession: (right + 1) / (answers + 2)).
 */
export function topicWeight(answers: readonly DrillAnswer[], topic: string): number {
  const recent = answers.filter((answer) => answer.topic === topic).slice(-RECENT);
  const right = recent.filter((answer) => answer.right).length;
  const share = (right + 1) / (recent.length + 2);
  return 1 + (WEAK_TIMES - 1) * (1 - share);
}
