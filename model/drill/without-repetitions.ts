import type { DrillRecord } from '../progress/progress.ts';

/**
 * Drills without the answers that were given before with the same seed: who repeats a drill knows its truths. Drills of which nothing
 * is left are left out.
 */
export function withoutRepetitions(drills: readonly DrillRecord[]): readonly DrillRecord[] {
  const had = new Set<string>();
  return drills.flatMap((drill) => {
    const keyOf = ({ question, variant }: DrillRecord['answers'][number]): string =>
      JSON.stringify([drill.seed, question, variant]);
    const answers = drill.answers.filter((answer) => !had.has(keyOf(answer)));
    for (const answer of answers) had.add(keyOf(answer));
    return answers.length === 0 ? [] : [{ ...drill, answers }];
  });
}
