import type { Judgement, Verdict } from '../../model/judge/judge.ts';
import { SIDES, trialOf } from '../../model/lesson/trial-result.ts';
import type { SideName, TrialResult } from '../../model/lesson/trial-result.ts';
import type { Block } from '../document.ts';
import { trialGoalText } from './trial-goal-text.ts';

/** What an experiment has shown, or why it has shown nothing; then what to look for in its figures. */
export function conclusionBlocks(result: TrialResult): Block[] {
  const asks: Block = { kind: 'paragraph', text: result.experiment.asks };
  switch (result.outcome) {
    case 'shown':
      return [{ kind: 'paragraph', text: shownText(result), tone: 'good' }, asks];
    case 'not shown':
      return [{ kind: 'paragraph', text: notShownText(result), tone: 'bad' }];
    case 'invalid':
      return [
        { kind: 'paragraph', text: 'This proves nothing, one way or the other.', tone: 'warn' },
        ...SIDES.flatMap((name) => doubtBlock(name, result[name].judgement)),
      ];
  }
}

function shownText({ before, after }: TrialResult): string {
  const failed = failedOf(before.judgement).length;
  const goals = after.judgement.verdicts.length;
  const which = goals === 1 ? 'its goal' : `${failed} of ${goals} goals`;
  return `Before fails ${which}, and after meets ${goals === 1 ? 'it' : 'all of them'}.`;
}

function notShownText({ experiment, on, before, after }: TrialResult): string {
  const { goals, shows } = trialOf(experiment, on);
  const failed = goals
    .filter((_, index) => after.judgement.verdicts[index]?.status === 'FAIL')
    .map((goal) => `“${trialGoalText(goal, shows)}”`);
  const parts = [
    ...(failedOf(before.judgement).length === 0 ? ['before meets all its goals'] : []),
    ...(failed.length > 0 ? [`after fails ${failed.join(' and ')}`] : []),
  ];
  return `This time it did not come out as it should: ${parts.join(', and ')}.`;
}

function failedOf({ verdicts }: Judgement): Verdict[] {
  return verdicts.filter(({ status }) => status === 'FAIL');
}

/** Why a side cannot be judged: the run as a whole, or else single goals. */
function doubtBlock(name: SideName, { validity, verdicts }: Judgement): Block[] {
  const breaches = validity.filter(({ ok, severity }) => !ok && severity === 'invalid');
  const open = verdicts.filter(({ status }) => status !== 'PASS' && status !== 'FAIL');
  const doubts = breaches.length > 0 ? breaches.map(({ detail, help }) => ({ because: detail, help })) : open;
  if (doubts.length === 0) return [];
  const lines = doubts.flatMap(({ because, help }) => [because, ...(help ? [`help: ${help}`] : [])]);
  return [{ kind: 'item', title: `${name} cannot be judged:`, lines }];
}
