import type { Judgement } from '../model/judge/judge.ts';
import { suspectsOf } from '../model/diagnosis/suspects.ts';
import { classTable } from '../reports/class-table.ts';
import { runText } from '../reports/run-text.ts';
import { plainStyle } from '../reports/style.ts';
import { suspectsText } from '../reports/suspects-text.ts';
import type { Run } from './run.ts';

const LAYOUT = { style: plainStyle, width: 100 };

/** What speaks for a judgement of a run, as text: verdicts with their values first, then the figures of the request classes. */
export function evidenceOf({ observation, replications, kept, setting }: Run, judgement: Judgement): string {
  const parts = [runText(observation, judgement, LAYOUT).trimEnd()];
  const suspects = suspectsText(suspectsOf({ observation, setting, judgement }), LAYOUT);
  if (suspects !== '') parts.push(suspects.trimEnd());
  if (replications.length > 1)
    parts.push(`verdicts are of ${replications.length} replications, the table is of the first`);
  const classes = classTable(observation, LAYOUT);
  if (classes !== '') parts.push(classes.trimEnd());
  if (kept !== undefined) parts.push(`kept in ${kept}`);
  return parts.join('\n\n');
}
